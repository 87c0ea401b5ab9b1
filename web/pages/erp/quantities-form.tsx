import { useState } from 'react';
import type { ReactNode } from 'react';
import { TextInput } from '@mantine/core';
import { DataTable } from '../../shared/data-table.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { useRefusal } from '../../shared/refusals.tsx';
import { BookingForm } from './booking-form.tsx';
import { useToday } from './entity.ts';
import { DayField, Field } from './fields.tsx';
import { useRejecting } from './forms/rejecting.tsx';
import type { Rejected } from './forms/rejecting.tsx';
import { useTracking } from './forms/tracking.tsx';
import type { Tracked } from './forms/tracking.tsx';
import { isAbove } from './left.ts';
import { ItemLink } from './links.tsx';
import { useUnitWords } from './unit-words.ts';

/** A line that goods can be moved against, and how much is left of it. */
export type OpenLine = {
  readonly line: number;
  readonly item: string | null;
  readonly text: string;
  readonly unit: string;
  readonly left: string;
};

type Moved = {
  readonly on: string;
  readonly note: string;
  readonly lines: readonly ({ readonly line: number; readonly quantity: string } & Tracked &
    Rejected)[];
  readonly key: string;
};

const NO_LINES: readonly OpenLine[] = [];

/** What somebody has typed, by line. */
type Typed = Readonly<Record<number, string>>;

/** How much of a line is moved; what the server refuses of the line stands below. */
function QuantityBox(props: {
  readonly label: string;
  readonly value: string;
  readonly at: number; // Where the line is sent.
  readonly required: boolean;
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { label, value, at, required, onValue } = props;
  const refusal = useRefusal([`lines.${at}.quantity`, `lines.${at}`]);
  return (
    <TextInput
      size="xs"
      aria-label={label}
      pattern="[0-9]{1,15}(\.[0-9]{1,6})?"
      value={value}
      required={required}
      error={refusal}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
      autoComplete="off"
    />
  );
}

/** The lines of which something is moved, in the order in which they are sent. */
const movedOf = (lines: readonly OpenLine[], quantityOf: Typed): readonly number[] =>
  lines.map(({ line }) => line).filter((line) => isAbove(quantityOf[line] ?? ''));

function useColumns(
  lines: readonly OpenLine[],
  quantityOf: Typed,
  onQuantity: (line: number, quantity: string) => void,
): readonly Column<OpenLine>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const inWords = useUnitWords();
  const moved = movedOf(lines, quantityOf);
  return [
    { name: 'line', title: t('field.line'), cell: ({ line }) => line },
    {
      name: 'item',
      title: t('field.item'),
      wide: true,
      lead: true,
      cell: (row) => <ItemLink id={row.item} text={row.text} />,
    },
    {
      name: 'left',
      title: t('erp.field.left'),
      end: true,
      cell: (row) => `${format.decimal(row.left)} ${inWords(row.unit)}`,
    },
    {
      name: 'quantity',
      title: t('erp.field.quantity'),
      end: true,
      cell: ({ line }) => (
        <QuantityBox
          label={t('erp.quantityOfLine', { line })}
          value={quantityOf[line] ?? ''}
          at={moved.indexOf(line)}
          required={moved.length === 0} // Of one line at least.
          onValue={(value) => onQuantity(line, value)}
        />
      ),
    },
  ];
}

/** Moves goods against the lines of an order: what is left stands there, less may be entered. */
export function QuantitiesForm(props: {
  readonly title: string;
  readonly about: string;
  readonly dayLabel?: string; // Absent: posted.
  readonly noteLabel: string;
  readonly lines: readonly OpenLine[];
  readonly tracks?: boolean; // It asks for the batch and the serial numbers of what has them.
  readonly rejects?: boolean; // Some of it may be rejected.
  readonly startsEmpty?: boolean; // Nothing is moved before somebody says how much.
  readonly act: (moved: Moved) => Promise<unknown>;
  readonly children?: ReactNode; // More that is asked for.
}): ReactNode {
  const { title, about, dayLabel, noteLabel, lines, act, children } = props;
  const { tracks = false, rejects = false, startsEmpty = false } = props;
  const { t } = useTranslation();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [note, setNote] = useState('');
  const [typed, setTyped] = useState<Typed>({});
  const [tracked, setTracked] = useState({});
  const quantityOf: Typed = Object.fromEntries(
    lines.map(({ line, left }) => [line, typed[line] ?? (startsEmpty ? '' : left)]),
  );
  const moved = movedOf(lines, quantityOf);
  const atOf = (line: number): number => moved.indexOf(line);
  const tracking = useTracking(tracks ? lines : NO_LINES, [tracked, setTracked], atOf);
  const rejecting = useRejecting(rejects ? lines : NO_LINES, atOf);
  const on = day ?? today;
  const send = (key: string): Promise<unknown> => {
    const sent = moved.map((line) => ({
      line,
      quantity: (quantityOf[line] ?? '').trim(),
      ...(tracks ? tracking.of(line) : {}),
      ...rejecting.of(line),
    }));
    return act({ on, note: note.trim(), lines: sent, key });
  };
  return (
    <BookingForm title={title} about={about} main act={send}>
      <DayField
        label={dayLabel ?? t('erp.field.postedOn')}
        value={on}
        onValue={setDay}
        named={['postedOn', 'shippedOn', 'receivedOn', 'issuedOn']}
      />
      <Field
        label={noteLabel}
        value={note}
        onValue={setNote}
        maxLength={100}
        optional
        named={['carrier', 'deliveryNote', 'reason', 'customerReference']}
      />
      {children}
      {rejecting.choice}
      <DataTable
        label={title}
        rows={lines}
        keyOf={({ line }) => String(line)}
        columns={[
          ...useColumns(lines, quantityOf, (line, quantity) =>
            setTyped({ ...typed, [line]: quantity }),
          ),
          ...tracking.columns,
          ...rejecting.columns,
        ]}
      />
    </BookingForm>
  );
}
