import { isoWeekday, partsOf } from '#kernel/time';
import { drawOf, newKey, schedule } from './branch.ts';
import type { Branch, Spell, Today } from './branch.ts';
import type { Label, OddityKind } from './intent.ts';
import { daysOfMonth } from './office.ts';
import { SIZES } from './plan.ts';

/** Tricks wait for an occasion: an invoice that comes, an order that is written. */
const TRICKS: readonly OddityKind[] = [
  'duplicate-invoice',
  'duplicate-payment',
  'invoice-price-above-order',
  'invoice-quantity-above-receipt',
  'off-contract-purchase',
  'purchase-without-order',
  'split-purchase',
  'mispriced-sale',
];
/** Befalls the company seldom, however big it is: so many times in a thousand months. */
const SELDOM: readonly (readonly [OddityKind, number])[] = [
  ['late-close', 120],
  ['bad-debt', 250],
];
/** Lasts for days: when it is over, what showed it is known. */
const SPELLS = [
  ['supplier-delays', 350],
  ['late-payer', 450],
  ['demand-spike', 350],
  ['returned-batch', 350],
  ['machine-drift', 400],
  ['machine-breakdown', 500],
] as const;
type SpellKind = (typeof SPELLS)[number][0];
const SHRINKAGE_PER_MILLE = 600;
const JOURNAL_PER_MILLE = 350;

/** On the first of a month it is drawn what will go wrong in it. */
export function planOddities(branch: Branch, today: Today): void {
  if (partsOf(today.on)[2] !== 1) return;
  const draw = drawOf(branch, today.index, 'oddities');
  const days = daysOfMonth(today.on);
  const { entity } = branch.trade;
  const many = (SIZES[branch.plan.size].mistakesPerMonth * entity.perMille) / 1_000;
  const someDay = (): number => today.index + draw.between(0, days - 1);
  const addTrick = (kind: OddityKind): void =>
    schedule(branch, someDay(), 'receive', () => {
      branch.tricks.set(kind, (branch.tricks.get(kind) ?? 0) + 1);
    });
  for (const kind of TRICKS) {
    const count = Math.floor(many) + (draw.happens(Math.floor((many % 1) * 1_000)) ? 1 : 0);
    for (let at = 0; at < count; at += 1) addTrick(kind);
  }
  for (const [kind, perMille] of SELDOM) if (draw.happens(perMille)) addTrick(kind);
  for (const [kind, perMille] of SPELLS) {
    const at = someDay();
    if (draw.happens(perMille))
      schedule(branch, at, 'receive', (then) => begin(branch, then, kind));
  }
  const [loss, entry] = [someDay(), someDay()];
  if (draw.happens(SHRINKAGE_PER_MILLE))
    schedule(branch, loss, 'office', (then) => lose(branch, then));
  if (draw.happens(JOURNAL_PER_MILLE))
    schedule(branch, entry, 'office', (then) => odd(branch, then));
}

type Begun = {
  readonly what: string;
  readonly days: number;
  readonly slack: number; // Days after it until all that shows it has come.
  readonly label: Pick<Label, 'why' | 'parties' | 'items' | 'places'>;
};

function begin(branch: Branch, today: Today, kind: SpellKind): void {
  const begun = begunOf(branch, today, kind);
  if (begun === undefined || branch.spells.has(begun.what)) return;
  const spell: Spell = { until: today.index + begun.days, documents: [] };
  branch.spells.set(begun.what, spell);
  schedule(branch, spell.until + begun.slack, 'office', (then) => {
    branch.spells.delete(begun.what);
    const isSeen = spell.documents.length > 0 || kind === 'machine-breakdown';
    if (!isSeen) return;
    const { on: from } = today;
    const { documents } = spell;
    then.labels.push({ kind, from, to: then.on, documents, ...begun.label });
  });
}

function begunOf(branch: Branch, today: Today, kind: SpellKind): Begun | undefined {
  const { draw } = today;
  const { trade, catalogue } = branch;
  const makes = trade.sold.some((good) => good.kind === 'product');
  switch (kind) {
    case 'supplier-delays': {
      const { number } = draw.pick(trade.suppliers);
      const why = 'a supplier delivers ten to twenty-five days later than he promised';
      return { what: `supplier ${number}`, days: 60, slack: 1, label: { why, parties: [number] } };
    }
    case 'late-payer': {
      const { number } = draw.pick(
        trade.customers.slice(0, Math.max(8, trade.customers.length / 6)),
      );
      const why = 'a customer pays forty days later than he used to';
      return { what: `payer ${number}`, days: 90, slack: 110, label: { why, parties: [number] } };
    }
    case 'demand-spike': {
      const { number } = draw.pick(trade.sold);
      const why = 'an item is asked for six times as much for two weeks';
      return { what: `spike ${number}`, days: 14, slack: 1, label: { why, items: [number] } };
    }
    case 'returned-batch': {
      const { number } = draw.pick(trade.sold.slice(0, Math.max(5, trade.sold.length / 6)));
      const why = 'two of five deliveries of an item come back for the same reason';
      return { what: `batch ${number}`, days: 10, slack: 66, label: { why, items: [number] } };
    }
    case 'machine-drift': {
      if (!makes) return undefined;
      const line = draw.pick(catalogue.lines);
      const why = 'a machine wears: scrap and run time grow until it is repaired';
      return { what: `drift ${line}`, days: 55, slack: 3, label: { why, places: [line] } };
    }
    case 'machine-breakdown':
      return makes ? breakDown(branch, today) : undefined;
  }
}

function breakDown(branch: Branch, today: Today): Begun {
  const line = today.draw.pick(branch.catalogue.lines);
  today.intents.push({
    kind: 'downtime',
    key: newKey(branch, 'dt'),
    on: today.on,
    workCentre: line,
    reason: today.draw.pick(['spindle', 'hydraulics', 'control', 'coolant pump']),
    isPlanned: false,
    minuteFrom: today.draw.between(360, 900),
    minutes: today.draw.between(90, 520),
  });
  const why = 'a machine stood still; what it was to make came days later';
  return { what: `stop ${line}`, days: 3, slack: 0, label: { why, places: [line] } };
}

/** Goods are missing without a document that says why. */
function lose(branch: Branch, today: Today): void {
  const full = [...branch.shelves.values()].filter(({ free }) => free >= 8);
  if (full.length === 0) return;
  const shelf = today.draw.pick(full);
  const quantity = Math.floor(shelf.free / 4);
  shelf.free -= quantity;
  const key = newKey(branch, 'sl');
  const { item, warehouse } = shelf;
  today.intents.push({
    kind: 'stock-loss',
    key,
    on: today.on,
    item: item.number,
    warehouse,
    quantity,
    reason: 'counted: missing',
  });
  today.labels.push({
    kind: 'stock-shrinkage',
    from: today.on,
    to: today.on,
    why: 'a quarter of what the books said was not there',
    documents: [{ kind: 'stock-loss', key }],
    items: [item.number],
    places: [warehouse],
  });
}

/** A round amount, by somebody who does not keep the books, with a text that says nothing. */
function odd(branch: Branch, today: Today): void {
  const about = (branch.plannedSales * today.draw.between(20, 60)) / 1_000;
  const amount = Math.max(1, Math.floor(about / 50_000)) * 50_000; // Whole five hundreds.
  const key = newKey(branch, 'je');
  const sides = [
    { account: '6390', amount },
    { account: '2160', amount: -amount },
  ];
  const { on } = today;
  today.intents.push({ kind: 'journal', key, on, text: 'adjustment', by: 'temp', sides });
  const when = isoWeekday(on) > 5 ? ' on a weekend' : '';
  today.labels.push({
    kind: 'unusual-journal',
    from: on,
    to: on,
    why: `a round amount without a reason, by somebody who never posts${when}`,
    documents: [{ kind: 'journal', key }],
  });
}
