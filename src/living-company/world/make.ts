import { addDays, isoWeekday } from '#kernel/time';
import { bill } from './bill.ts';
import { busynessOn, newKey, schedule, putOnShelf, spellOn, workday } from './branch.ts';
import type { Branch, Shelf, Today } from './branch.ts';
import { plantShelf } from './buy.ts';
import { ASSEMBLY_SECONDS, coaterOf } from './catalogue.ts';
import type { Good, Supplier } from './catalogue.ts';
import { inCurrency } from './plan.ts';

const BATCH_DAYS = 10; // What is made lasts so long.
const LEAD_DAYS = 14;
const SCRAP_PER_MILLE = 12;
const SETUP_SECONDS = 1_800;
const REASONS = ['dimension', 'surface', 'material'];

/** On working days what is made and runs low is made again, when its materials are there. */
export function make(branch: Branch, today: Today): void {
  if (isoWeekday(today.on) > 5) return;
  for (const product of branch.trade.sold) {
    if (product.kind !== 'product') continue;
    const shelf = plantShelf(branch, product.number);
    const quantity = shelf === undefined ? 0 : missing(today, shelf);
    if (shelf !== undefined && quantity > 0) begin(branch, today, { product, shelf, quantity });
  }
}

function missing(today: Today, shelf: Shelf): number {
  const perDay = (shelf.demand * busynessOn(today.index, today.on)) / 1_000;
  const there = shelf.free - shelf.waitingFor + shelf.onOrder;
  const low = perDay * LEAD_DAYS + 2;
  return there >= low ? 0 : Math.ceil(perDay * BATCH_DAYS + low - there + 4);
}

/** Takes the materials aside and releases an order; without them it waits for another day. */
function begin(
  branch: Branch,
  today: Today,
  of: { readonly product: Good; readonly shelf: Shelf; readonly quantity: number },
): void {
  const { product, shelf, quantity } = of;
  const parts = product.parts.flatMap((part) => {
    const from = plantShelf(branch, part.item);
    return from === undefined ? [] : [{ from, need: part.quantity * quantity }];
  });
  if (parts.some(({ from, need }) => from.free < need)) return;
  for (const { from, need } of parts) from.free -= need;
  shelf.onOrder += quantity;
  const key = newKey(branch, 'wo');
  today.intents.push({
    kind: 'work-order',
    key,
    on: today.on,
    item: product.number,
    quantity,
    endsOn: addDays(today.on, 6),
  });
  const stands = spellOn(branch, `stop ${product.line}`, today) === undefined ? 0 : 4;
  schedule(branch, workday(today, 1 + stands + today.draw.between(0, 2)), 'make', (then) =>
    machine(branch, then, { key, product, shelf, quantity }),
  );
}

type Work = {
  readonly key: string;
  readonly product: Good;
  readonly shelf: Shelf;
  readonly quantity: number;
};

/** The machine makes parts; a worn one makes more scrap, and is slower. */
function machine(branch: Branch, today: Today, work: Work): void {
  const { draw, index } = today;
  const spell = branch.spells.get(`drift ${work.product.line}`);
  const isWorn = spell !== undefined && spell.until >= index;
  const wear = isWorn ? Math.max(0, 60 - (spell.until - index)) * 3 : 0; // Grows day by day.
  const { quantity } = work;
  const usual = Math.floor((quantity * (SCRAP_PER_MILLE + wear)) / 1_000);
  const scrap = Math.min(quantity - 1, usual + (draw.happens(120) ? 1 : 0));
  const runSeconds = Math.floor((work.product.runSeconds * quantity * (1_000 + wear * 2)) / 1_000);
  today.intents.push({
    kind: 'confirmation',
    key: newKey(branch, 'cf'),
    on: today.on,
    order: work.key,
    operation: 10,
    good: quantity - scrap,
    scrap,
    ...(scrap === 0 ? {} : { scrapReason: isWorn ? 'dimension' : draw.pick(REASONS) }),
    minuteFrom: 360 + draw.between(0, 120),
    setupSeconds: SETUP_SECONDS,
    runSeconds: runSeconds + draw.between(0, 600),
    isLast: false,
  });
  if (isWorn) spell.documents.push({ kind: 'work-order', key: work.key });
  const good = quantity - scrap;
  const coater = work.product.coating === 0 ? undefined : coaterOf(branch.trade);
  schedule(branch, workday(today, 1), 'make', (then) =>
    coater === undefined
      ? assemble(branch, then, { ...work, good })
      : sendOut(branch, then, { ...work, good, coater }),
  );
}

/** A supplier coats the pieces; they come back after a week or so, not all of them good. */
function sendOut(
  branch: Branch,
  today: Today,
  work: Work & { readonly good: number; readonly coater: Supplier },
): void {
  const { draw } = today;
  const { key: order, good: quantity, coater: supplier } = work;
  const unitPrice = inCurrency(work.product.coating, supplier.currency);
  const key = newKey(branch, 'oo');
  today.intents.push({
    kind: 'outside-order',
    key,
    on: today.on,
    order,
    quantity,
    unitPrice,
    promisedOn: addDays(today.on, 7),
  });
  schedule(branch, workday(today, draw.between(5, 10)), 'make', (then) => {
    const scrap = quantity > 3 && then.draw.happens(150) ? 1 : 0;
    const good = quantity - scrap;
    const receipt = newKey(branch, 'or');
    then.intents.push({ kind: 'outside-receipt', key: receipt, on: then.on, order, good, scrap });
    const charged = [{ line: 1, quantity: good, unitPrice }];
    bill(branch, then, { order: key, isOutside: true, supplier, receipt, charged });
    schedule(branch, workday(then, 1), 'make', (later) =>
      assemble(branch, later, { ...work, good }),
    );
  });
}

function assemble(branch: Branch, today: Today, work: Work & { readonly good: number }): void {
  const { draw } = today;
  const scrap = work.good > 3 && draw.happens(60) ? 1 : 0;
  const good = work.good - scrap;
  today.intents.push({
    kind: 'confirmation',
    key: newKey(branch, 'cf'),
    on: today.on,
    order: work.key,
    operation: 20,
    good,
    scrap,
    ...(scrap === 0 ? {} : { scrapReason: 'test failed' }),
    minuteFrom: 480 + draw.between(0, 180),
    setupSeconds: 0,
    runSeconds: ASSEMBLY_SECONDS * work.good + draw.between(0, 900),
    isLast: true,
  });
  work.shelf.onOrder -= work.quantity;
  putOnShelf(work.shelf, good, today);
  schedule(branch, workday(today, 3), 'make', (then) =>
    then.intents.push({
      kind: 'close-work-order',
      key: newKey(branch, 'cw'),
      on: then.on,
      order: work.key,
    }),
  );
}
