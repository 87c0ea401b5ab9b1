import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { saveCsv } from '../../../shared/csv.ts';
import { DataTable } from '../../../shared/data-table.tsx';
import { useLanguage } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import type { ImportKind } from './import-kinds.ts';

type Reply = ReplyOf<'getImportTemplate'>;
type Column = Reply['fields'][number];

/** What each heading is called, whether it has to be there, and what may stand under it. */
function Headings({ of }: { readonly of: Reply }): ReactNode {
  const kit = useColumnKit();
  const language = useLanguage();
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={15} aria-hidden />}
        onClick={() => saveCsv(of.fileName.replace(/\.csv$/, ''), of.content)}
      >
        {kit.t('erp.imports.template', { file: of.fileName })}
      </Button>
      <DataTable
        label={kit.t('erp.imports.headings')}
        rows={of.fields}
        keyOf={({ name }) => name}
        columns={[
          {
            ...kit.text<Column>('erp.imports.heading', (column) => {
              const [first = column.name] = column[language];
              return `${first}${column.required ? ' *' : ''}`;
            }),
            lead: true,
          },
          {
            ...kit.text<Column>('erp.imports.alsoCalled', (column) =>
              [...column[language].slice(1), ...column[language === 'de' ? 'en' : 'de']]
                .slice(0, 4)
                .join(', '),
            ),
            wide: true,
          },
          {
            ...kit.text<Column>('erp.imports.words', ({ words }) => words.join(', ')),
            wide: true,
          },
        ]}
      />
      <p className="rialto-dim">{kit.t('erp.imports.starred')}</p>
    </>
  );
}

/** An empty file of a kind to begin with, and what its headings mean. */
export function Template({ kind }: { readonly kind: ImportKind }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const found = useBooks(
    'getImportTemplate',
    { params: { entity: code }, query: { kind, language } },
    { enabled: open },
  );
  return (
    <details
      className="rialto-unfolds"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('erp.imports.which')}</summary>
      {open ? (
        <div className="rialto-form">
          <Async of={loadable(found)} rows={3}>
            {(reply) => <Headings of={reply} />}
          </Async>
        </div>
      ) : null}
    </details>
  );
}
