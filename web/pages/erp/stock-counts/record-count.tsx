import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActForm } from '../../../shared/act-form.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import type { Column } from '../../../shared/data-table.tsx';
import { differenceOf } from '../../../shared/exact.ts';
import { Card } from '../../../shared/facts.tsx';
import { callBooks } from '../ask-books.ts';
import { newKey } from '../booking-key.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';
import { useTracking } from '../forms/tracking.tsx';
import { useWhoseColumn } from './whose-column.tsx';

type Count = ReplyOf<'getStockCount'>;
type Line = Count['lines'][number];

/** What was typed for a line: nothing typed is nothing counted yet. */
type Typed = { readonly counted?: string; readonly reason?: string };

const QUANTITY = '[0-9]{1,15}(\\.[0-9]{1,6})?';
const IS_QUANTITY = new RegExp(`^${QUANTITY}$`);

const saidOf = (line: Line, typed: Typed | undefined): string =>
  (typed?.counted ?? line.counted ?? '').trim();

function useColumns(
  lines: readonly Line[],
  typed: Readonly<Record<number, Typed>>,
  onTyped: (line: number, some: Typed) => void,
): readonly Column<Line>[] {
  const kit = useColumnKit();
  const differenceOfLine = (line: Line): string | null => {
    const counted = saidOf(line, typed[line.line]);
    return IS_QUANTITY.test(counted) ? (differenceOf(counted, line.expected) ?? '0') : null;
  };
  return [
    kit.own<Line>('field.line', ({ line }) => line),
    kit.item<Line>(true),
    ...useWhoseColumn(lines),
    kit.text<Line>('erp.field.location', ({ location }) => location),
    kit.text<Line>('erp.field.batch', ({ batch }) => batch),
    kit.quantity<Line>('erp.field.expected', ({ expected }) => expected),
    {
      ...kit.own<Line>('erp.field.counted', (line) => (
        <TextInput
          size="xs"
          aria-label={kit.t('erp.countedOfLine', { line: line.line })}
          pattern={QUANTITY}
          value={typed[line.line]?.counted ?? line.counted ?? ''}
          onChange={({ currentTarget: { value } }) => onTyped(line.line, { counted: value })}
          inputMode="decimal"
          autoComplete="off"
        />
      )),
      end: true,
    },
    kit.quantity<Line>('erp.field.difference', differenceOfLine),
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

/** Writes down what was counted; some lines now, the rest later. */
export function RecordCount({ of }: { readonly of: Count }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [typed, setTyped] = useState<Readonly<Record<number, Typed>>>({});
  const [key, setKey] = useState(newKey);
  const onTyped = (line: number, some: Typed): void =>
    setTyped((before) => ({ ...before, [line]: { ...before[line], ...some } }));
  const [tracked, setTracked] = useState({});
  const tracking = useTracking(of.lines, [tracked, setTracked]);
  const serialsOf = ({ line, serials }: Line): readonly string[] | undefined =>
    tracking.of(line).serials ?? serials ?? undefined;
  const columns = [
    ...useColumns(of.lines, typed, onTyped),
    ...tracking.columns.filter(({ name }) => name === 'serials'),
  ];
  const countedOf = (line: Line): string => {
    const said = saidOf(line, typed[line.line]);
    const serials = serialsOf(line);
    return said === '' && serials !== undefined ? String(serials.length) : said;
  };
  const record = (): Promise<unknown> => {
    const lines = of.lines.flatMap((line) => {
      const counted = countedOf(line);
      const serials = serialsOf(line);
      const reason = (typed[line.line]?.reason ?? line.reason ?? '').trim();
      if (counted === '') return [];
      return [
        {
          line: line.line,
          counted,
          ...(serials === undefined ? {} : { serials: [...serials] }),
          ...(reason === '' ? {} : { reason }),
        },
      ];
    });
    return callBooks('recordStockCount', {
      params: { entity: code, id: of.id },
      body: { version: of.version, countedOn: day ?? of.countedOn ?? today, lines },
      key,
    });
  };
  const isNothing = of.lines.every((line) => countedOf(line) === '');
  return (
    <Card title={t('order.lines')}>
      <ActForm
        label={t('erp.act.recordCount')}
        submit={t('erp.act.recordCount')}
        main={of.status === 'open'}
        disabled={isNothing}
        act={record}
        onDone={() => setKey(newKey())}
      >
        <DayField
          label={t('erp.field.countedOn')}
          value={day ?? of.countedOn ?? today}
          onValue={setDay}
          named="countedOn"
        />
        <DataTable
          label={t('order.lines')}
          rows={of.lines}
          keyOf={({ line }) => String(line)}
          columns={columns}
        />
      </ActForm>
    </Card>
  );
}
