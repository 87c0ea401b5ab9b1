import type { ReactNode } from 'react';
import { BooksList } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { InBooks } from '../links.tsx';
import type { RowOf } from '../use-cursor-list.tsx';
import { IMPORT_KINDS, standingOf } from './import-kinds.ts';
import { NewImport } from './new-import.tsx';
import { PersonName } from '../../../shared/person-name.tsx';

type Row = RowOf<'listImports'>;

/** Brings in a file, and shows what was brought in before. */
export function Imports(): ReactNode {
  const kit = useColumnKit();
  const byOf = ({ createdBy }: Row) => <PersonName of={createdBy} />;
  const fileOf = ({ id, file }: Row): ReactNode => (
    <InBooks list="imports" id={id}>
      {file.name}
    </InBooks>
  );
  return (
    <BooksList
      list="imports"
      route="listImports"
      filters={['kind']}
      choices={[
        {
          name: 'kind',
          label: kit.t('erp.imports.kind'),
          values: IMPORT_KINDS.map((value) => ({
            value,
            label: kit.t(`erp.imports.of.${value}`),
          })),
        },
      ]}
      keyOf={({ id }) => id}
      emptyHint={kit.t('erp.empty.imports')}
      above={<NewImport />}
      columns={[
        {
          ...kit.own<Row>('erp.imports.file', fileOf),
          wide: true,
        },
        kit.text<Row>('erp.imports.kind', ({ kind }) => kit.t(`erp.imports.of.${kind}`)),
        kit.standing<Row>(({ status }) => standingOf(status)),
        kit.quantity<Row>('erp.field.lines', ({ lines }) => String(lines)),
        kit.quantity<Row>('erp.imports.did.created', ({ created }) => String(created)),
        kit.quantity<Row>('erp.imports.did.changed', ({ changed }) => String(changed)),
        kit.quantity<Row>('erp.imports.did.refused', ({ refused }) => String(refused)),
        kit.text<Row>('erp.imports.when', ({ createdAt }) => kit.format.moment(createdAt)),
        kit.own<Row>('erp.imports.by', byOf),
      ]}
    />
  );
}
