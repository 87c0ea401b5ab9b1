import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMay } from '../../shared/use-may.ts';
import { callBooks } from './ask-books.ts';
import { BookingForm } from './booking-form.tsx';
import { BooksList, useStandingChoice } from './books-list.tsx';
import { useColumnKit } from './columns.tsx';
import { useEntity } from './entity.ts';
import { Field } from './fields.tsx';
import { InBooks } from './links.tsx';
import type { RowOf } from './use-cursor-list.tsx';

type Row = RowOf<'listErpItems'>;
const KINDS = ['stock', 'service', 'subassembly', 'raw', 'finished', 'tool'] as const;

/** A new item, with what never changes and what one needs to begin. */
function NewItem(): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const [name, setName] = useState('');
  const [baseUnit, setUnit] = useState('C62');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('stock');
  const add = async (key: string): Promise<void> => {
    await callBooks('createErpItem', {
      params: { entity: code },
      body: { name, kind, baseUnit },
      key,
    });
    setName('');
  };
  return (
    <section className="rialto-card erp-new">
      <BookingForm title={t('erp.act.add-item')} act={add}>
        <Field label={t('erp.field.name')} value={name} onValue={setName} maxLength={200} />
        <NativeSelect
          label={t('field.kind')}
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`erp.itemKind.${value}`) }))}
          onChange={({ currentTarget: { value } }) =>
            setKind(KINDS.find((one) => one === value) ?? 'stock')
          }
        />
        <Field
          label={t('erp.field.baseUnit')}
          description={t('erp.baseUnitHint')}
          value={baseUnit}
          onValue={setUnit}
          maxLength={10}
        />
      </BookingForm>
    </section>
  );
}

/** What is bought, made and sold. */
export function Items(): ReactNode {
  const kit = useColumnKit();
  const mayWrite = useMay('items:write');
  const nameOf = ({ id, name }: Row): ReactNode => (
    <InBooks list="items" id={id}>
      {name}
    </InBooks>
  );
  return (
    <BooksList
      list="items"
      route="listErpItems"
      filters={['status', 'kind']}
      searchAs="search"
      searchLabel={kit.t('erp.search.item')}
      choices={[
        useStandingChoice('status', ['active', 'inactive']),
        {
          name: 'kind',
          label: kit.t('field.kind'),
          values: KINDS.map((value) => ({ value, label: kit.t(`erp.itemKind.${value}`) })),
        },
      ]}
      keyOf={({ id }) => id}
      emptyHint={kit.t('erp.empty.items')}
      above={mayWrite ? <NewItem /> : null}
      columns={[
        { ...kit.own<Row>('erp.field.name', nameOf), wide: true },
        { ...kit.text<Row>('field.number', ({ number }) => number), quiet: true },
        kit.standing<Row>(({ status }) => status),
        kit.text<Row>('field.kind', ({ kind }) => kit.t(`erp.itemKind.${kind}`)),
        kit.text<Row>('erp.field.baseUnit', ({ baseUnit }) => baseUnit),
        kit.text<Row>('erp.field.costing', ({ costing }) => kit.t(`erp.costing.${costing}`)),
      ]}
    />
  );
}
