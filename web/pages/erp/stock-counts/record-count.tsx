import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActForm } from '../../../shared/act-form.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { Card } from '../../../shared/facts.tsx';
import { callBooks } from '../ask-books.ts';
import { newKey } from '../booking-key.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';
import { useTracking } from '../forms/tracking.tsx';
import { countedOf, differenceIn, isLeft, isTakenOver, QUANTITY, sentOf } from './typed-line.ts';
import type { Line, Typed, TypedLines } from './typed-line.ts';
import { useWhoseColumn } from './whose-column.tsx';

type Count = ReplyOf<'getStockCount'>;

const UNDONE: Typed = { asBooked: false, counted: '' };

/** Says of one line that it agrees with the books, or takes that back. */
function TakeOver(props: {
  readonly of: Line;
  readonly typed: Typed | undefined;
  readonly onTyped: (some: Typed) => void;
}): ReactNode {
  const { of, typed, onTyped } = props;
  const { t } = useColumnKit();
  const { line } = of;
  if (isTakenOver(of, typed)) {
    return (
      <span className="erp-taken-over">
        ✓ {t('erp.stockCount.takenOver')}{' '}
        {typed?.asBooked === true ? (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('erp.stockCount.undoLine', { line })}
            onClick={() => onTyped(UNDONE)}
          >
            {t('erp.stockCount.undo')}
          </Button>
        ) : null}
      </span>
    );
  }
  return isLeft(of, typed) ? (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={t('erp.stockCount.takeOverLine', { line })}
      onClick={() => onTyped({ asBooked: true })}
    >
      {t('erp.stockCount.takeOver')}
    </Button>
  ) : null;
}

function useColumns(
  lines: readonly Line[],
  typed: TypedLines,
  onTyped: (line: number, some: Typed) => void,
): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    kit.own<Line>('field.line', ({ line }) => line),
    kit.item<Line>(true),
    ...useWhoseColumn(lines),
    kit.text<Line>('erp.field.location', ({ location }) => location),
    kit.text<Line>('erp.field.batch', ({ batch }) => batch),
    kit.quantity<Line>(
      'erp.field.expected',
      ({ expected }) => expected,
      ({ unit }) => unit,
    ),
    {
      ...kit.own<Line>('erp.field.counted', (line) => (
        <TextInput
          size="xs"
          aria-label={kit.t('erp.countedOfLine', { line: line.line })}
          pattern={QUANTITY}
          value={
            isTakenOver(line, typed[line.line])
              ? line.expected
              : (typed[line.line]?.counted ?? line.counted ?? '')
          }
          onChange={({ currentTarget: { value } }) =>
            onTyped(line.line, { counted: value, asBooked: false })
          }
          inputMode="decimal"
          autoComplete="off"
        />
      )),
      end: true,
    },
    kit.own<Line>('erp.field.asBooked', (line) => (
      <TakeOver of={line} typed={typed[line.line]} onTyped={(some) => onTyped(line.line, some)} />
    )),
    kit.quantity<Line>(
      'erp.field.difference',
      (line) => differenceIn(line, typed[line.line]),
      ({ unit }) => unit,
    ),
    kit.own<Line>('erp.field.reason', ({ line, reason }) => (
      <TextInput
        size="xs"
        aria-label={kit.t('erp.reasonOfLine', { line })}
        maxLength={200}
        value={typed[line]?.reason ?? reason ?? ''}
        onChange={({ currentTarget: { value } }) => onTyped(line, { reason: value })}
        autoComplete="off"
      />
    )),
  ];
}

/** Says of all lines that nothing was said of that they agree with the books; or takes that back. */
function TakeOverAll(props: {
  readonly lines: readonly Line[];
  readonly typed: TypedLines;
  readonly onTyped: (lines: readonly Line[], some: Typed) => void;
}): ReactNode {
  const { lines, typed, onTyped } = props;
  const { t } = useColumnKit();
  const left = lines.filter((line) => isLeft(line, typed[line.line]));
  const taken = lines.filter((line) => isTakenOver(line, typed[line.line]));
  const fresh = taken.filter(({ line }) => typed[line]?.asBooked === true); // Not kept yet.
  if (left.length + taken.length === 0) return null;
  return (
    <div className="rialto-tools">
      <span role="status" className="rialto-dim">
        {t('erp.stockCount.standing', { left: left.length, taken: taken.length })}
      </span>
      {left.length === 0 ? null : (
        <Button size="xs" variant="default" onClick={() => onTyped(left, { asBooked: true })}>
          {t('erp.stockCount.takeOverAll', { count: left.length })}
        </Button>
      )}
      {fresh.length === 0 ? null : (
        <Button size="xs" variant="subtle" onClick={() => onTyped(fresh, UNDONE)}>
          {t('erp.stockCount.undoAll', { count: fresh.length })}
        </Button>
      )}
    </div>
  );
}

/** What was typed for the lines of a count, with the numbers of the pieces that were seen. */
function useTyped(lines: readonly Line[]) {
  const [typed, setTyped] = useState<TypedLines>({});
  const [tracked, setTracked] = useState({});
  const tracking = useTracking(lines, [tracked, setTracked]);
  const whole: TypedLines = Object.fromEntries(
    lines.map(({ line }) => [line, { ...typed[line], serials: tracking.of(line).serials }]),
  );
  const onTyped = (which: readonly Pick<Line, 'line'>[], some: Typed): void =>
    setTyped((before) => ({
      ...before,
      ...Object.fromEntries(which.map(({ line }) => [line, { ...before[line], ...some }])),
    }));
  const columns = [
    ...useColumns(lines, whole, (line, some) => onTyped([{ line }], some)),
    ...tracking.columns.filter(({ name }) => name === 'serials'),
  ];
  return { typed: whole, onTyped, columns };
}

/** Writes down what was counted, or agrees with the books; some lines now, the rest later. */
export function RecordCount({ of }: { readonly of: Count }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [key, setKey] = useState(newKey);
  const { typed, onTyped, columns } = useTyped(of.lines);
  const record = (): Promise<unknown> =>
    callBooks('recordStockCount', {
      params: { entity: code, id: of.id },
      body: {
        version: of.version,
        countedOn: day ?? of.countedOn ?? today,
        lines: of.lines.flatMap((line) => sentOf(line, typed[line.line]) ?? []),
      },
      key,
    });
  return (
    <Card title={t('order.lines')}>
      <ActForm
        label={t('erp.act.recordCount')}
        submit={t('erp.act.recordCount')}
        main={of.status === 'open'}
        disabled={of.lines.every((line) => countedOf(line, typed[line.line]) === '')}
        act={record}
        onDone={() => setKey(newKey())}
      >
        <DayField
          label={t('erp.field.countedOn')}
          value={day ?? of.countedOn ?? today}
          onValue={setDay}
          named="countedOn"
        />
        <TakeOverAll lines={of.lines} typed={typed} onTyped={onTyped} />
        <DataTable
          label={t('order.lines')}
          rows={of.lines}
          keyOf={({ line }) => String(line)}
          columns={columns}
          rowState={(line) => (isTakenOver(line, typed[line.line]) ? 'taken-over' : undefined)}
        />
      </ActForm>
    </Card>
  );
}
