import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { useRefusal } from '../../../shared/refusals.tsx';
import { BookingForm } from '../booking-form.tsx';
import { Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { ItemLink } from '../links.tsx';
import { OrderLines } from './order-lines.tsx';
import type { useAddedLines } from './use-added-lines.ts';

/** A line of an order that may become different. */
type Line = {
  readonly number: number;
  readonly item: string | null;
  readonly text: string;
  readonly unit: string;
  readonly ordered: string;
  readonly unitPrice: string;
  readonly promisedOn: string | null;
  readonly isCancelled: boolean;
};
type Change = {
  readonly line: number;
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly promisedOn?: string;
  readonly isCancelled?: true;
};
type Typed = {
  readonly quantity?: string;
  readonly unitPrice?: string;
  readonly promisedOn?: string;
  readonly isCancelled?: boolean;
};
type Row = Line & { readonly typed: Typed; readonly at: number }; // At: where it is sent.

const AMOUNT = '[0-9]{1,15}(\\.[0-9]{1,6})?';

const differs = (typed: string | undefined, now: string): boolean =>
  typed !== undefined && typed.trim() !== '' && typed.trim() !== now;

/** What of a line is different; undefined: nothing. */
function changeOf(line: Line, { quantity, unitPrice, promisedOn, isCancelled }: Typed) {
  const change: Change = {
    line: line.number,
    ...(differs(quantity, line.ordered) ? { quantity: quantity?.trim() ?? '' } : {}),
    ...(differs(unitPrice, line.unitPrice) ? { unitPrice: unitPrice?.trim() ?? '' } : {}),
    ...(differs(promisedOn, line.promisedOn ?? '') ? { promisedOn: promisedOn ?? '' } : {}),
    ...(isCancelled === true ? { isCancelled } : {}),
  };
  return Object.keys(change).length > 1 ? change : undefined;
}

/** One box of a line; what the server refuses of it stands below. */
function Box(props: {
  readonly of: Row;
  readonly name: 'quantity' | 'unitPrice' | 'promisedOn';
  readonly label: string;
  readonly now: string;
  readonly onTyped: (line: number, some: Typed) => void;
}): ReactNode {
  const { of, name, label, now, onTyped } = props;
  const own = useRefusal(`lines.${of.at}.${name}`);
  const whole = useRefusal(`lines.${of.at}`); // The business refuses lines, a schema fields.
  const isFirst = name === 'quantity';
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={of.typed[name] ?? now}
      error={own ?? (isFirst ? whole : undefined)}
      disabled={of.typed.isCancelled === true}
      {...(name === 'promisedOn' ? { type: 'date' } : { pattern: AMOUNT })}
      onChange={({ currentTarget: { value } }) => onTyped(of.number, { [name]: value })}
      autoComplete="off"
    />
  );
}

function useColumns(onTyped: (line: number, some: Typed) => void): readonly Column<Row>[] {
  const { t } = useTranslation();
  const box = (
    name: 'quantity' | 'unitPrice' | 'promisedOn',
    how: { title: string; label: (line: number) => string; now: (row: Row) => string },
  ): Column<Row> => ({
    name,
    title: how.title,
    cell: (row) => (
      <Box
        of={row}
        name={name}
        label={how.label(row.number)}
        now={how.now(row)}
        onTyped={onTyped}
      />
    ),
  });
  return [
    { name: 'line', title: t('field.line'), cell: ({ number }) => number },
    {
      name: 'item',
      title: t('field.item'),
      wide: true,
      lead: true,
      cell: ({ item, text }) => <ItemLink id={item} text={text} />,
    },
    box('quantity', {
      title: t('erp.field.quantity'),
      label: (line) => t('erp.quantityOfLine', { line }),
      now: ({ ordered }) => ordered,
    }),
    box('unitPrice', {
      title: t('field.unitPrice'),
      label: (line) => t('erp.priceOfLine', { line }),
      now: ({ unitPrice }) => unitPrice,
    }),
    box('promisedOn', {
      title: t('field.promisedOn'),
      label: (line) => t('erp.promisedOfLine', { line }),
      now: ({ promisedOn }) => promisedOn ?? '',
    }),
    {
      name: 'drop',
      title: t('erp.field.dropLine'),
      cell: ({ number, typed }) => (
        <input
          type="checkbox"
          aria-label={t('erp.dropOfLine', { line: number })}
          checked={typed.isCancelled ?? false}
          onChange={({ currentTarget: { checked } }) => onTyped(number, { isCancelled: checked })}
        />
      ),
    },
  ];
}

/**
 * Changes what was ordered: how much of each line, at which price, by when, or not at all; `children`
 * are what is said of the order as a whole, `added` the lines that come to it.
 */
export function ChangeOrder(props: {
  readonly title: string;
  readonly about: string;
  readonly lines: readonly Line[];
  readonly added: ReturnType<typeof useAddedLines>;
  readonly children: ReactNode;
  readonly act: (change: {
    readonly lines?: Change[];
    readonly reason?: string;
    readonly key: string;
  }) => Promise<unknown>;
}): ReactNode {
  const { title, about, added, children, act } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Readonly<Record<number, Typed>>>({});
  const [reason, setReason] = useState('');
  const columns = useColumns((line, some) =>
    setTyped((before) => ({ ...before, [line]: { ...before[line], ...some } })),
  );
  const lines = props.lines.filter(({ isCancelled }) => !isCancelled);
  const changes = lines.flatMap((line) => changeOf(line, typed[line.number] ?? {}) ?? []);
  const rows = lines.map((line) => ({
    ...line,
    typed: typed[line.number] ?? {},
    at: changes.findIndex((change) => change.line === line.number),
  }));
  return (
    <BookingForm
      title={title}
      about={about}
      act={(key) =>
        act({ ...(changes.length === 0 ? {} : { lines: changes }), ...filled({ reason }), key })
      }
    >
      <Field
        label={t('act.reason')}
        value={reason}
        onValue={setReason}
        maxLength={500}
        named="reason"
        optional
      />
      <DataTable
        label={title}
        rows={rows}
        keyOf={({ number }) => String(number)}
        columns={columns}
      />
      <OrderLines of={added} />
      <div className="erp-form-grid">{children}</div>
    </BookingForm>
  );
}
