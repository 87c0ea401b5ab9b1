import type { ReactNode } from 'react';
import type { Choice } from '../../../shared/list-filters.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { useUrl } from '../../../shared/use-url.ts';
import { useBooks } from '../ask-books.ts';
import { BooksList } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { PartyLink, ToList } from '../links.tsx';
import { useNames, useWarehouseName } from '../names.ts';
import type { RowOf } from '../use-cursor-list.tsx';
import { ChargeTaken } from './charge-taken.tsx';

type Row = RowOf<'listConsignmentWithdrawals'>;

/** The choice among what has names, by them. */
const choice = (name: string, label: string, names: ReadonlyMap<string, string>): Choice => ({
  name,
  label,
  values: [...names]
    .map(([value, text]) => ({ value, label: text }))
    .toSorted((a, b) => a.label.localeCompare(b.label)),
});

/** What is chosen stays a choice, also when nothing of it is open any more. */
const withChosen = (of: readonly string[] | undefined, chosen: string | undefined): string[] => [
  ...(of ?? []),
  ...(chosen === undefined ? [] : [chosen]),
];

/** The choices of a supplier and of an item, among those of which something is not charged. */
function useWhatIsOpen(): readonly Choice[] {
  const kit = useColumnKit();
  const { code } = useEntity();
  const [{ supplier, item }] = useUrl();
  const open = useBooks('getConsignmentNotCharged', { params: { entity: code } }).data;
  const suppliers = useNames('party', withChosen(open?.suppliers, supplier));
  const items = useNames('item', withChosen(open?.items, item));
  return [
    choice('supplier', kit.t('field.supplier'), suppliers),
    choice('item', kit.t('field.item'), items),
  ];
}

/** What was taken of suppliers' consignment and is not charged yet; of one supplier, charged from here. */
export function NotCharged(): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const houseOf = useWarehouseName();
  const mayCharge = useMay('payables:post');
  const [{ supplier }] = useUrl();
  const houses = useBooks('listWarehouses', { params: { entity: code } }).data?.items ?? [];
  const whose = ({ supplier: of }: Row): ReactNode => (
    <>
      <PartyLink id={of} side="suppliers" />
      {mayCharge && supplier === undefined ? (
        <>
          {' · '}
          <ToList list="consignment-withdrawals" by={{ supplier: of }}>
            {kit.t('erp.consignment.chargeThese')}
          </ToList>
        </>
      ) : null}
    </>
  );
  return (
    <BooksList
      list="consignment-withdrawals"
      route="listConsignmentWithdrawals"
      filters={['supplier', 'item', 'warehouse', 'from', 'to']}
      choices={[
        ...useWhatIsOpen(),
        {
          name: 'warehouse',
          label: kit.t('erp.field.warehouse'),
          values: houses.map(({ id, code: short, name }) => ({
            value: id,
            label: `${short} · ${name}`,
          })),
        },
      ]}
      always={{ open: 'true' }}
      keyOf={({ id }) => id}
      sort="takenOn"
      sorts={{
        'erp.field.takenOn': 'takenOn',
        party: 'supplier',
        item: 'item',
        'erp.field.warehouse': 'warehouse',
        number: 'number',
      }}
      emptyHint={kit.t('erp.empty.consignment-withdrawals')}
      above={
        mayCharge && supplier !== undefined ? <ChargeTaken key={supplier} of={supplier} /> : null
      }
      columns={[
        { ...kit.text<Row>('field.number', ({ number }) => number), name: 'number' },
        kit.day<Row>('erp.field.takenOn', ({ takenOn }) => takenOn),
        { ...kit.own<Row>('field.supplier', whose), name: 'party', wide: true },
        kit.item<Row>(true),
        kit.text<Row>('erp.field.warehouse', ({ warehouse }) => houseOf(warehouse)),
        kit.quantity<Row>(
          'erp.field.open',
          ({ open }) => open,
          ({ unit }) => unit,
        ),
        kit.amount<Row>('erp.field.agreedPrice', ({ unitCost }) => unitCost),
        kit.amount<Row>('erp.field.value', ({ openValue }) => openValue),
      ]}
    />
  );
}
