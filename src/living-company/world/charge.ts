import { dateOf, daysBetween, partsOf } from '#kernel/time';
import { newKey, schedule, putOnShelf, spellOn, takesTrick, workday } from './branch.ts';
import type { Branch, Shelf, Spell, Today } from './branch.ts';
import type { Customer } from './catalogue.ts';
import { DUE_DAYS } from './plan.ts';

/** What left with one delivery. */
type Shipped = {
  readonly order: string;
  readonly delivery: string;
  readonly customer: Customer;
  readonly goods: readonly {
    readonly line: number;
    readonly quantity: number;
    readonly shelf: Shelf;
  }[];
};

const RETURNED_PER_MILLE = 14; // Of deliveries.
const STRAYS_PER_MILLE = 8; // Of payments.
const REASONS = ['damaged in transit', 'wrong item ordered', 'does not fit', 'arrived too late'];

/** What left is charged on the next working day; some of it comes back. */
export function charge(branch: Branch, today: Today, shipped: Shipped): void {
  const { draw } = today;
  schedule(branch, workday(today, 1), 'charge', (then) => invoice(branch, then, shipped));
  const spellOf = ({ shelf }: Shipped['goods'][number]): Spell | undefined =>
    spellOn(branch, `batch ${shelf.item.number}`, today);
  const batch = shipped.goods.find((each) => spellOf(each) !== undefined);
  const isBad = batch !== undefined && draw.happens(400);
  if (!isBad && !draw.happens(RETURNED_PER_MILLE)) return;
  const back = isBad ? batch : draw.pick(shipped.goods);
  const reason = isBad ? 'leaks' : draw.pick(REASONS);
  const part = isBad ? back.quantity : Math.max(1, Math.floor(back.quantity / 2));
  schedule(branch, workday(today, draw.between(8, 24)), 'charge', (then) =>
    takeBack(branch, then, {
      shipped,
      back: { ...back, quantity: part },
      reason,
      spell: isBad ? spellOf(back) : undefined,
    }),
  );
}

function invoice(branch: Branch, today: Today, shipped: Shipped): void {
  const key = newKey(branch, 'ci');
  today.intents.push({ kind: 'customer-invoice', key, on: today.on, delivery: shipped.delivery });
  collect(branch, today, { invoice: key, customer: shipped.customer, mayFail: true });
}

/** What a customer owes. */
type Owed = {
  readonly invoice: string; // Its key.
  readonly customer: Customer;
  readonly mayFail?: boolean; // It may become a bad debt.
  readonly paid?: (then: Today) => void; // Told when all of it is.
};

/** Customers pay as is their habit. */
export function collect(branch: Branch, today: Today, owed: Owed): void {
  const { invoice: key, customer, mayFail = false, paid } = owed;
  const { draw } = today;
  const spell = spellOn(branch, `payer ${customer.number}`, today);
  const due = DUE_DAYS[customer.terms] ?? 30;
  const isEarly = spell === undefined && customer.terms.startsWith('2-10') && customer.lateDays < 4;
  const late = customer.lateDays + draw.between(-customer.spreadDays, customer.spreadDays);
  const days = isEarly ? draw.between(5, 7) : due + late + (spell === undefined ? 0 : 40);
  if (mayFail && spell !== undefined && takesTrick(branch, 'bad-debt')) {
    schedule(branch, workday(today, due + 120), 'collect', (then) =>
      writeOff(then, { key: newKey(branch, 'bd'), invoice: key, customer }),
    );
    return;
  }
  const pay = (then: Today, perMille: number): void => {
    const payment = newKey(branch, 'cp');
    spell?.documents.push({ kind: 'customer-payment', key: payment });
    then.intents.push({
      kind: 'customer-payment',
      key: payment,
      on: then.on,
      customer: customer.number,
      invoice: key,
      perMille,
      takesDiscount: isEarly,
    });
    if (perMille === 1_000) paid?.(then);
  };
  const first = workday(today, Math.max(2, days));
  const inTwo = !isEarly && draw.happens(25);
  const isStray = !isEarly && !inTwo && spell === undefined && draw.happens(STRAYS_PER_MILLE);
  schedule(branch, first, 'collect', (then) => {
    if (isStray) return payUnnamed(branch, then, owed);
    pay(then, inTwo ? 500 : 1_000);
    if (inTwo) schedule(branch, workday(then, 14), 'collect', (later) => pay(later, 1_000));
  });
}

/** Money comes without a word: it waits at the bank until somebody finds out what it is for. */
function payUnnamed(branch: Branch, today: Today, owed: Owed): void {
  const { customer, invoice: key, paid } = owed;
  const stray = newKey(branch, 'st');
  branch.untold.strays.push({ key: stray, customer: customer.number, invoice: key });
  schedule(branch, workday(today, today.draw.between(3, 16)), 'collect', (then) => {
    const match = newKey(branch, 'ml');
    then.intents.push({
      kind: 'match-line',
      key: match,
      on: then.on,
      stray,
      customer: customer.number,
      invoice: key,
    });
    then.labels.push({
      kind: 'unmatched-bank-line',
      from: today.on,
      to: then.on,
      why: 'a customer paid without saying what for: nobody could tell for days',
      documents: [{ kind: 'match-line', key: match }],
      parties: [customer.number],
    });
    paid?.(then);
  });
}

function writeOff(
  today: Today,
  of: { readonly key: string; readonly invoice: string; readonly customer: Customer },
): void {
  const { key, invoice: owed, customer } = of;
  const reason = `${customer.name} is insolvent`;
  today.intents.push({ kind: 'bad-debt', key, on: today.on, invoice: owed, reason });
  today.labels.push({
    kind: 'bad-debt',
    from: today.on,
    to: today.on,
    why: 'a customer who paid later and later does not pay at all',
    documents: [
      { kind: 'customer-invoice', key: owed },
      { kind: 'bad-debt', key },
    ],
    parties: [customer.number],
  });
}

/** Goods come back; they are looked at, and may be sold again from the next month on. */
function takeBack(
  branch: Branch,
  today: Today,
  of: {
    readonly shipped: Shipped;
    readonly back: Shipped['goods'][number];
    readonly reason: string;
    readonly spell: Spell | undefined;
  },
): void {
  const { shipped, back, reason, spell } = of;
  const key = newKey(branch, 'rt');
  const lines = [{ line: back.line, quantity: back.quantity }];
  const { order, customer } = shipped;
  today.intents.push({ kind: 'customer-return', key, on: today.on, order, lines, reason });
  const note = newKey(branch, 'cn');
  today.intents.push({ kind: 'credit-note', key: note, on: today.on, returned: key, reason });
  spell?.documents.push({ kind: 'customer-return', key });
  const [year, month] = partsOf(today.on);
  const nextMonth = dateOf(year, month + 1, 1);
  const again = today.index + daysBetween(today.on, nextMonth);
  schedule(branch, again, 'receive', (then) => putOnShelf(back.shelf, back.quantity, then));
  schedule(branch, workday(today, 75), 'collect', (then) =>
    then.intents.push({
      kind: 'refund',
      key: newKey(branch, 'rf'),
      on: then.on,
      customer: customer.number,
      creditNote: note,
    }),
  );
}
