import { addDays, dateOf, daysBetween, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { invoice } from './bill.ts';
import { busynessOn, newKey, schedule, takesTrick, workday } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { JournalSide } from './intent.ts';
import { OVERHEADS } from './names.ts';
import { inCurrency } from './plan.ts';

const WAGES_PER_MILLE = 135; // Of planned sales.
const DEPRECIATION_PER_MILLE = 12;
const LIFE_MONTHS = 192; // Of what the company begins with, if it did not grow.
/** What it begins with, per mille: with a plant, and without. */
const FIXED_ASSETS = {
  plant: { '1110': 600, '1120': 250, '1130': 150 },
  store: { '1120': 600, '1130': 400 },
} as const;

/** What the office does on the first of a month for the month that begins. */
export function planMonth(branch: Branch, today: Today): void {
  const [year, month, day] = partsOf(today.on);
  if (day !== 1) return;
  const before = addDays(today.on, -1);
  const isFirst = today.index === 0;
  OVERHEADS.forEach((overhead, at) => {
    schedule(branch, workday(today, 3 + at * 3), 'bill', (then) =>
      expense(branch, then, overhead, at),
    );
  });
  schedule(branch, today.index + 24, 'office', (then) => wages(branch, then));
  schedule(branch, today.index + daysOfMonth(today.on) - 1, 'office', (then) =>
    then.intents.push({ kind: 'recognise-revenue', key: newKey(branch, 'rr'), on: then.on }),
  );
  if (!isFirst) {
    schedule(branch, workday(today, 1), 'office', (then) =>
      then.intents.push({ kind: 'dunning-run', key: newKey(branch, 'du'), on: then.on }),
    );
    schedule(branch, workday(today, 9), 'office', (then) =>
      then.intents.push({
        kind: 'tax-return',
        key: newKey(branch, 'tx'),
        on: then.on,
        upTo: before,
      }),
    );
    close(branch, today, before);
  }
  if (month === 2 && partsOf(branch.plan.startedOn)[0] < year) closeYear(branch, today, year - 1);
  if (month === 12) {
    const key = newKey(branch, 'fy');
    today.intents.push({ kind: 'fiscal-year', key, on: today.on, year: year + 1 });
  }
}

/** So much of planned sales, as busy as it is. */
function shareOfSales(branch: Branch, today: Today, perMille: number): number {
  const cents = (branch.plannedSales * perMille * busynessOn(today.index, today.on)) / 1_000_000;
  return inCurrency(Math.floor(cents), branch.trade.entity.currency);
}

/** Machines, equipment and vehicles that a legal entity begins with: more than ten years wear off. */
export function fixedAssetsOf({ trade: { entity }, plannedSales }: Branch): readonly JournalSide[] {
  const cents = (plannedSales * DEPRECIATION_PER_MILLE * LIFE_MONTHS) / 1_000;
  const all = inCurrency(Math.floor(cents), entity.currency);
  const isPlant = entity.warehouses.some(({ kind }) => kind === 'plant');
  return Object.entries(FIXED_ASSETS[isPlant ? 'plant' : 'store']).map(([account, perMille]) => ({
    account,
    amount: Math.ceil((all * perMille) / 100_000) * 100, // In whole units of the currency.
  }));
}

function expense(
  branch: Branch,
  today: Today,
  overhead: (typeof OVERHEADS)[number],
  at: number,
): void {
  const own = branch.trade.suppliers.filter(
    ({ currency }) => currency === branch.trade.entity.currency,
  );
  const supplier = own[at % Math.max(1, own.length)];
  if (supplier === undefined) return;
  const { text, account, perMille } = overhead;
  const amount = shareOfSales(branch, today, perMille);
  const net = Math.floor((amount * today.draw.between(960, 1_040)) / 1_000);
  invoice(branch, today, { supplier, lines: [{ text, account, net }] });
  if (takesTrick(branch, 'purchase-without-order')) freehand(branch, today);
}

/** Somebody buys without an order: only the invoice tells. */
function freehand(branch: Branch, today: Today): void {
  const supplier = today.draw.pick(branch.trade.suppliers);
  const net = today.draw.between(90_000, 600_000);
  const lines = [{ text: 'Workshop equipment', account: '6300', net }];
  const { key } = invoice(branch, today, { supplier, lines });
  today.labels.push({
    kind: 'purchase-without-order',
    from: today.on,
    to: today.on,
    why: 'goods that have to be ordered were bought without an order',
    documents: [{ kind: 'supplier-invoice', key }],
    parties: [supplier.number],
  });
}

function wages(branch: Branch, today: Today): void {
  const { projects } = branch;
  const pay = shareOfSales(branch, today, WAGES_PER_MILLE) + Math.floor(projects.worked / 1.21);
  projects.worked = 0;
  const social = Math.floor((pay * 21) / 100);
  const worn = shareOfSales(branch, today, DEPRECIATION_PER_MILLE);
  const book = (text: string, sides: readonly (readonly [string, number])[]): void => {
    today.intents.push({
      kind: 'journal',
      key: newKey(branch, 'je'),
      on: today.on,
      text,
      by: 'payroll',
      sides: sides.map(([account, amount]) => ({ account, amount })),
    });
  };
  book('Salaries and wages', [
    ['6010', pay],
    ['6020', social],
    ['1420', -(pay + social)], // Until the bank tells of it.
  ]);
  book('Depreciation', [
    ['6100', worn],
    ['1190', -worn],
  ]);
}

/** The month before is closed early in the next; sometimes late. */
function close(branch: Branch, today: Today, lastOn: LocalDate): void {
  const isLate = takesTrick(branch, 'late-close');
  const [year, month] = partsOf(lastOn);
  schedule(branch, workday(today, isLate ? 23 : 6), 'office', (then) => {
    const key = newKey(branch, 'cl');
    then.intents.push({
      kind: 'close-month',
      key,
      on: then.on,
      fiscalYear: year,
      period: month,
    });
    if (!isLate) return;
    then.labels.push({
      kind: 'late-close',
      from: lastOn,
      to: then.on,
      why: 'the month was closed more than three weeks after its end',
      documents: [{ kind: 'close-month', key }],
    });
  });
}

/**
 * The year before is closed when its last month is, also a late one. Its key is not one of those that are
 * counted: who was founded before years were closed lives on.
 */
function closeYear(branch: Branch, today: Today, fiscalYear: number): void {
  schedule(branch, workday(today, 14), 'office', (then) =>
    then.intents.push({ kind: 'close-year', key: `ye-${fiscalYear}`, on: then.on, fiscalYear }),
  );
}

/** How many days a month has that begins on a day. */
export function daysOfMonth(firstOn: LocalDate): number {
  const [year, month] = partsOf(firstOn);
  return daysBetween(firstOn, dateOf(year, month + 1, 1));
}
