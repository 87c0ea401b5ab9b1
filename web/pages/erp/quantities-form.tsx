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
  readonly lines: readonly ({ readonly line: number; readonly quantity: string } & Tracked)[];
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
  const refusal = useRefusal([
    `lines.${at}.quantity`,
    `lines.${at}`,
    `lines.${at}.batch`,
    `lines.${at}.serials`,
  ]);
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

function useColumns(
  lines: readonly OpenLine[],
  [typed, onTyped]: readonly [Typed, (typed: Typed) => void],
  isEmpty: boolean,
): readonly Column<OpenLine>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const inWords = useUnitWords();
  const quantityOf: Typed = Object.fromEntries(
    lines.map(({ line, left }) => [line, typed[line] ?? (isEmpty ? '' : left)]),
  );
  const moved = lines.map(({ line }) => line).filter((line) => isAbove(quantityOf[line] ?? ''));
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
          onValue={(value) => onTyped({ ...typed, [line]: value })}
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
  readonly startsEmpty?: boolean; // Nothing is moved before somebody says how much.
  readonly act: (moved: Moved) => Promise<unknown>;
  readonly children?: ReactNode; // More that is asked for.
}): ReactNode {
  const { title, about, dayLabel, noteLabel, lines, act, children } = props;
  const { tracks = false, startsEmpty = false } = props;
  const { t } = useTranslation();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [note, setNote] = useState('');
  const [typed, setTyped] = useState<Typed>({});
  const [tracked, setTracked] = useState({});
  const tracking = useTracking(tracks ? lines : NO_LINES, [tracked, setTracked]);
  const on = day ?? today;
  const send = (key: string): Promise<unknown> => {
    const moved = lines
      .map(({ line, left }) => ({
        line,
        quantity: (typed[line] ?? (startsEmpty ? '' : left)).trim(),
        ...(tracks ? tracking.of(line) : {}),
      }))
      .filter(({ quantity }) => isAbove(quantity));
    return act({ on, note: note.trim(), lines: moved, key });
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
      <DataTable
        label={title}
        rows={lines}
        keyOf={({ line }) => String(line)}
        columns={[...useColumns(lines, [typed, setTyped], startsEmpty), ...tracking.columns]}
      />
    </BookingForm>
  );
}
