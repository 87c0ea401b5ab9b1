import { addDays, isoWeekday } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { bill } from './bill.ts';
import {
  busynessOn,
  newKey,
  schedule,
  putOnShelf,
  shelfKey,
  spellOn,
  takesTrick,
  workday,
} from './branch.ts';
import type { Branch, Shelf, Today } from './branch.ts';
import type { Supplier } from './catalogue.ts';
import type { LinePart } from './intent.ts';
import { BUYERS } from './names.ts';
import { request, wanted } from './request.ts';
import type { Asked, Need } from './request.ts';

/** Above so many minor units an order needs a second pair of eyes. */
export const APPROVAL_LIMIT = 1_500_000;

const REQUESTED_PER_MILLE = 120; // Of orders: another asked for them first.
const ORDER_DAYS = 30; // What is ordered lasts so long.
const SAFETY_DAYS = 14;

/** An order as the world remembers it. */
export type Ordered = {
  readonly key: string;
  readonly supplier: Supplier;
  readonly lines: readonly (Need & { readonly line: number })[];
};

/** On working days shelves that run low are ordered for, each from its supplier. */
export function buy(branch: Branch, today: Today): void {
  if (isoWeekday(today.on) > 5) return;
  const bySupplier = new Map<string, Need[]>();
  for (const shelf of branch.shelves.values()) {
    const source = branch.trade.sources.get(shelf.item.number);
    const quantity = source === undefined ? 0 : missing(branch, today, shelf);
    if (source === undefined || source.isConsigned || quantity === 0) continue;
    const strays = source.isAgreed && takesTrick(branch, 'off-contract-purchase');
    const supplier = strays ? source.other : source.supplier;
    const unitPrice = priceOn(today, branch, strays ? source.otherPrice : source.price);
    const need = { shelf, quantity, unitPrice };
    if (strays) stray(branch, today, { supplier, agreed: source.supplier, need });
    else bySupplier.set(supplier, [...(bySupplier.get(supplier) ?? []), need]);
  }
  for (const [number, needs] of bySupplier) {
    const supplier = branch.suppliers.get(number);
    if (supplier === undefined) continue;
    const asked = { supplier, needs, requester: today.draw.pick(BUYERS) };
    if (takesTrick(branch, 'split-purchase')) split(branch, today, supplier, needs);
    else if (today.draw.happens(REQUESTED_PER_MILLE)) request(branch, today, asked, place);
    else place(branch, today, asked);
  }
}

const RISE_PER_MILLE = 22; // A year, each July.

/** Counts Julys. */
const halves = (date: LocalDate): number =>
  Number(date.slice(0, 4)) + (Number(date.slice(5, 7)) > 6 ? 1 : 0);

/** What suppliers ask has risen since the company began. */
export function priceOn({ on }: Today, { plan: { startedOn } }: Branch, price: number): number {
  const rises = halves(on) - halves(startedOn);
  return Math.floor((price * (1_000 + RISE_PER_MILLE * rises)) / 1_000);
}

/** How much is to be ordered; 0 while there is enough. Buyers look at what is usual, not ahead. */
function missing(branch: Branch, today: Today, shelf: Shelf): number {
  const source = branch.trade.sources.get(shelf.item.number);
  const supplier = branch.suppliers.get(source?.supplier ?? '');
  const perDay = (shelf.demand * busynessOn(today.index, today.on)) / 1_000;
  const there = shelf.free - shelf.waitingFor + shelf.onOrder;
  const low = perDay * ((supplier?.leadDays ?? 10) + SAFETY_DAYS) + 2 * shelf.item.pieces[1];
  return there >= low ? 0 : Math.ceil(perDay * ORDER_DAYS + low - there + 3);
}

/** Orders, and what will come of it. */
function place(branch: Branch, today: Today, of: Asked): string {
  const { supplier, needs, requester, requisition } = of;
  const key = newKey(branch, 'po');
  const lines = needs.map((need, at) => ({ ...need, line: at + 1 }));
  for (const { shelf, quantity } of needs) shelf.onOrder += quantity;
  const arrival = arrivalOf(branch, today, supplier);
  today.intents.push({
    kind: 'purchase-order',
    key,
    on: today.on,
    supplier: supplier.number,
    requester,
    promisedOn: addDays(today.on, arrival.promised),
    ...(requisition === undefined ? {} : { requisition }),
    lines: needs.map(wanted),
  });
  const ordered = { key, supplier, lines };
  const isShort = today.draw.happens(supplier.shortPerMille);
  schedule(branch, workday(today, arrival.days), 'receive', (then) => {
    if (!isShort) return receive(branch, then, ordered, (quantity) => quantity);
    receive(branch, then, ordered, (quantity) => Math.ceil(quantity / 2), true);
    schedule(branch, workday(then, 6), 'receive', (later) =>
      receive(branch, later, ordered, (quantity) => quantity - Math.ceil(quantity / 2)),
    );
  });
  const spell = spellOn(branch, `supplier ${supplier.number}`, today);
  spell?.documents.push({ kind: 'purchase-order', key });
  return key;
}

function arrivalOf(
  branch: Branch,
  today: Today,
  supplier: Supplier,
): { readonly promised: number; readonly days: number } {
  const { draw } = today;
  const promised = supplier.leadDays;
  const late = draw.happens(supplier.latePerMille) ? draw.between(1, supplier.lateDays) : 0;
  const spell = spellOn(branch, `supplier ${supplier.number}`, today);
  const more = spell === undefined ? 0 : draw.between(10, 25);
  return { promised, days: Math.max(1, promised + late + more - draw.between(0, 2)) };
}

/** What came is put on its shelves, and charged by the supplier. */
function receive(
  branch: Branch,
  today: Today,
  ordered: Ordered,
  ...[partOf, isPart = false]: readonly [partOf: (quantity: number) => number, isPart?: boolean]
): void {
  const came = ordered.lines.flatMap((line) => {
    const quantity = partOf(line.quantity);
    return quantity > 0 ? [{ line, quantity }] : [];
  });
  if (came.length === 0) return;
  const key = newKey(branch, 'gr');
  const lines = came.map(({ line, quantity }): LinePart => ({ line: line.line, quantity }));
  today.intents.push({ kind: 'receipt', key, on: today.on, order: ordered.key, lines });
  for (const { line, quantity } of came) {
    line.shelf.onOrder -= quantity;
    putOnShelf(line.shelf, quantity, today);
  }
  const charged = came.map(({ line, quantity }) => ({
    line: line.line,
    quantity,
    unitPrice: line.unitPrice,
  }));
  const { key: order, supplier } = ordered;
  bill(branch, today, { order, isPart, supplier, receipt: key, charged });
}

/** Somebody buys elsewhere what is agreed on. */
function stray(
  branch: Branch,
  today: Today,
  of: { readonly supplier: string; readonly agreed: string; readonly need: Need },
): void {
  const supplier = branch.suppliers.get(of.supplier);
  if (supplier === undefined) return;
  const key = place(branch, today, { supplier, needs: [of.need], requester: 'k.stein' });
  today.labels.push({
    kind: 'off-contract-purchase',
    from: today.on,
    to: today.on,
    why: `there is an agreement with ${of.agreed}, who asks less`,
    documents: [{ kind: 'purchase-order', key }],
    parties: [of.supplier, of.agreed],
    items: [of.need.shelf.item.number],
  });
}

/** One purchase above the approval limit becomes three below it. */
function split(branch: Branch, today: Today, supplier: Supplier, needs: readonly Need[]): void {
  const [first] = needs;
  if (first === undefined) return;
  const part = Math.floor(((APPROVAL_LIMIT / 100) * 82) / Math.max(1, first.unitPrice));
  const quantity = Math.max(first.quantity, part);
  if (quantity * first.unitPrice > APPROVAL_LIMIT) {
    place(branch, today, { supplier, needs, requester: today.draw.pick(BUYERS) });
    branch.tricks.set('split-purchase', (branch.tricks.get('split-purchase') ?? 0) + 1);
    return;
  }
  const requester = today.draw.pick(BUYERS);
  const keys = [0, 1, 2].map(() =>
    place(branch, today, { supplier, needs: [{ ...first, quantity }], requester }),
  );
  if (needs.length > 1) place(branch, today, { supplier, needs: needs.slice(1), requester });
  today.labels.push({
    kind: 'split-purchase',
    from: today.on,
    to: today.on,
    why: 'three orders of one requester on one day, each below the limit that asks for approval',
    documents: keys.map((key) => ({ kind: 'purchase-order', key })),
    parties: [supplier.number],
    items: [first.shelf.item.number],
  });
}

/** The shelf of an item in the plant. */
export const plantShelf = (branch: Branch, item: string): Shelf | undefined =>
  branch.shelves.get(shelfKey(item, 'PLANT'));
