import type { ReactNode } from 'react';
import { Nothing } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Amount, Day, Maybe, Price } from '../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { PersonName } from '../../shared/person-name.tsx';
import type { Key } from '../../shared/translate.ts';
import { useEntity } from './entity.ts';
import { DocumentLink, InBooks, ItemLink, PartyLink } from './links.tsx';
import type { ShownKind } from './links.tsx';
import { useWarehouseName } from './names.ts';
import { useUnitWords } from './unit-words.ts';
import { StandingMark } from './standing.tsx';
import type { Standing } from './standing.tsx';
import { isAbove } from './left.ts';

/** A field of the books that has a word. */
type FieldKey = Extract<
  Key,
  `erp.field.${string}` | `erp.bank.${string}` | `erp.imports.${string}` | `field.${string}`
>;

/** Somebody by name, where somebody did it. */
export function Person({ of }: { readonly of: string | null }): ReactNode {
  return of === null ? <Nothing /> : <PersonName of={of} />;
}

/** Columns of amounts, prices and quantities. */
function useFigureColumns() {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = useEntity();
  const inWords = useUnitWords();
  return {
    /** In a currency of its own, or in the company's. */
    amount: <Row,>(
      key: FieldKey,
      of: (row: Row) => string | null,
      currencyOf: (row: Row) => string = () => currency,
    ): Column<Row> => ({
      name: key,
      title: t(key),
      end: true,
      cell: (row) => {
        const amount = of(row);
        return <Amount of={amount === null ? undefined : { amount, currency: currencyOf(row) }} />;
      },
    }),
    /** With every digit that was agreed. */
    price: <Row,>(
      key: FieldKey,
      of: (row: Row) => string | null,
      currencyOf: (row: Row) => string,
    ): Column<Row> => ({
      name: key,
      title: t(key),
      end: true,
      cell: (row) => {
        const amount = of(row);
        return <Price of={amount === null ? undefined : { amount, currency: currencyOf(row) }} />;
      },
    }),
    quantity: <Row,>(
      key: FieldKey,
      of: (row: Row) => string | null,
      unitOf: (row: Row) => string = () => '',
    ): Column<Row> => ({
      name: key,
      title: t(key),
      end: true,
      cell: (row) => {
        const value = of(row);
        const unit = inWords(unitOf(row));
        const text = value === null ? undefined : `${format.decimal(value)} ${unit}`.trim();
        return <Maybe text={text} />;
      },
    }),
    /** What is taken off the unit price; nothing where nothing is. */
    discount: <Row extends { readonly discountPercent: string }>(): Column<Row> => ({
      name: 'erp.field.discount',
      title: t('erp.field.discount'),
      end: true,
      cell: ({ discountPercent: percent }) => (
        <Maybe text={isAbove(percent) ? `${format.decimal(percent)} %` : undefined} />
      ),
    }),
  };
}

/** Columns that lists and lines of the books have in common, by what they show. */
export function useColumnKit() {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    t,
    format,
    number: <Row extends { readonly id: string; readonly number: string }>(
      kind: ShownKind | ((row: Row) => ShownKind),
    ): Column<Row> => ({
      name: 'number',
      title: t('field.number'),
      cell: (row) => (
        <DocumentLink
          kind={typeof kind === 'function' ? kind(row) : kind}
          id={row.id}
          number={row.number}
        />
      ),
    }),
    party: <Row,>(
      side: 'customers' | 'suppliers',
      of: (row: Row) => string | null | undefined,
    ): Column<Row> => ({
      name: 'party',
      title: t(side === 'customers' ? 'erp.field.customer' : 'field.supplier'),
      wide: true,
      cell: (row) => <PartyLink id={of(row)} side={side} />,
    }),
    item: <Row extends { readonly item: string | null; readonly text?: string }>(
      lead = false,
    ): Column<Row> => ({
      name: 'item',
      title: t('field.item'),
      wide: true,
      lead,
      cell: ({ item, text }) => <ItemLink id={item} {...(text === undefined ? {} : { text })} />,
    }),
    day: <Row,>(key: FieldKey, of: (row: Row) => string | null | undefined): Column<Row> => ({
      name: key,
      title: t(key),
      cell: (row) => <Day of={of(row) ?? undefined} />,
    }),
    standing: <Row,>(of: (row: Row) => Standing): Column<Row> => ({
      name: 'status',
      title: t('field.status'),
      cell: (row) => <StandingMark of={of(row)} />,
    }),
    ...useFigureColumns(),
    text: <Row,>(key: FieldKey, of: (row: Row) => string | null | undefined): Column<Row> => ({
      name: key,
      title: t(key),
      cell: (row) => <Maybe text={of(row) ?? undefined} />,
    }),
    own: <Row,>(key: FieldKey, cell: (row: Row) => ReactNode): Column<Row> => ({
      name: key,
      title: t(key),
      cell,
    }),
    /** Who did it, by name. */
    person: <Row,>(key: FieldKey, of: (row: Row) => string | null): Column<Row> => ({
      name: key,
      title: t(key),
      cell: (row) => <Person of={of(row)} />,
    }),
  };
}

/** What a line of every receipt and delivery says. */
type MovedLine = {
  readonly number: number;
  readonly order: string;
  readonly orderLine: number;
  readonly item: string | null;
  readonly quantity: string;
  readonly unit: string;
  readonly warehouse: string | null;
  readonly batch: string | null;
};

/** The columns of lines of receipts and deliveries. */
export function useMovedColumns<Line extends MovedLine>(
  orders: 'sales-orders' | 'purchase-orders',
): readonly Column<Line>[] {
  const kit = useColumnKit();
  const houseOf = useWarehouseName();
  return [
    kit.own<Line>('field.line', ({ number }) => number),
    kit.item<Line>(true),
    kit.quantity<Line>(
      'erp.field.quantity',
      ({ quantity }) => quantity,
      ({ unit }) => unit,
    ),
    kit.text<Line>('erp.field.warehouse', ({ warehouse }) =>
      warehouse === null ? null : houseOf(warehouse),
    ),
    kit.text<Line>('erp.field.batch', ({ batch }) => batch),
    kit.own<Line>(
      orders === 'sales-orders' ? 'erp.field.salesOrder' : 'erp.field.order',
      ({ order, orderLine }) => (
        <InBooks list={orders} id={order}>
          {kit.t('erp.orderLine', { line: orderLine })}
        </InBooks>
      ),
    ),
  ];
}
