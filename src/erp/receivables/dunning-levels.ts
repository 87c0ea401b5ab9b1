import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { Name, Result } from '#erp/company';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { ReceivablesProblemCode } from './errors.ts';

/** When an item is reminded of, what that costs, and in which words. */
export type DunningLevel = {
  readonly level: number; // From 1.
  readonly daysOverdue: number; // At least, since the item was due.
  readonly daysApart: number; // At least, since the level before.
  readonly fee: Decimal; // Company currency, once a notice.
  readonly text: Name;
};

/** What a legal entity that has said nothing reminds by. */
export const STANDARD_LEVELS: readonly DunningLevel[] = [
  {
    level: 1,
    daysOverdue: 7,
    daysApart: 0,
    fee: decimal('0'),
    text: { en: 'A friendly reminder', de: 'Zahlungserinnerung' },
  },
  {
    level: 2,
    daysOverdue: 21,
    daysApart: 10,
    fee: decimal('5.00'),
    text: { en: 'Second reminder', de: 'Mahnung' },
  },
  {
    level: 3,
    daysOverdue: 35,
    daysApart: 10,
    fee: decimal('10.00'),
    text: { en: 'Last reminder before collection', de: 'Letzte Mahnung' },
  },
];

/** The levels of a legal entity, the first one first. */
export async function dunningLevels(
  handle: Handle,
  legalEntity: string,
): Promise<readonly DunningLevel[]> {
  const found = await rows<DunningLevel>(
    handle,
    sql`select level, days_overdue as "daysOverdue", days_apart as "daysApart", fee::text as fee, text
      from erp_receivables.dunning_level where legal_entity = ${legalEntity} order by level`,
  );
  return found.length === 0 ? STANDARD_LEVELS : found;
}

/** Says by which levels a legal entity reminds, in place of those before. */
export async function setDunningLevels(
  tx: Handle,
  legalEntity: string,
  levels: readonly DunningLevel[],
): Promise<Result<{ readonly count: number }, ReceivablesProblemCode>> {
  const isBad = levels.some(
    ({ level, daysOverdue, daysApart, fee }, at) =>
      level !== at + 1 ||
      daysOverdue <= (levels[at - 1]?.daysOverdue ?? 0) ||
      daysApart < 0 ||
      compareDecimals(fee, decimal('0')) < 0,
  );
  if (isBad || levels.length === 0) {
    const message = 'levels count from 1, each later than the one before; fees are not below zero';
    return refuse('receivables.bad-levels', message, 'levels');
  }
  await rows(
    tx,
    sql`delete from erp_receivables.dunning_level where legal_entity = ${legalEntity}`,
  );
  const columns = {
    legal_entity: 'text',
    level: 'integer',
    days_overdue: 'integer',
    days_apart: 'integer',
    fee: 'numeric',
    text: 'jsonb',
  } as const;
  const values = levels.map(({ level, daysOverdue, daysApart, fee, text }) => ({
    legal_entity: legalEntity,
    level,
    days_overdue: daysOverdue,
    days_apart: daysApart,
    fee,
    text: JSON.stringify(text),
  }));
  await insertRows(tx, 'erp_receivables.dunning_level', columns, values);
  return accept({ count: levels.length });
}
