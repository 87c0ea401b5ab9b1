import { addDays, addMonths, dateOf, daysBetween, isoWeekday, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { newKey, schedule, putOnShelf, spellOn, workday } from './branch.ts';
import type { Branch, Shipped, Spell, Today } from './branch.ts';
import type { Customer } from './catalogue.ts';
import { collect } from './collect.ts';

/** What left with one delivery, before it is known what of it comes back. */
type Leaving = Omit<Shipped, 'back'>;
type Back = NonNullable<Shipped['back']>;

const RETURNED_PER_MILLE = 14; // Of deliveries.
const REASONS = ['damaged in transit', 'wrong item ordered', 'does not fit', 'arrived too late'];

/** What left is charged as is agreed: on the next working day, or with what else leaves in a week or a month. */
export function charge(branch: Branch, today: Today, leaving: Leaving): void {
  const back = comesBack(branch, today, leaving);
  const shipped = back === undefined ? leaving : { ...leaving, back };
  const { charged, number } = leaving.customer;
  if (charged === 'delivery') {
    schedule(branch, workday(today, 1), 'charge', (then) => invoice(branch, then, [shipped]));
    return;
  }
  const { uncharged } = branch;
  const waiting = uncharged.get(number);
  if (waiting !== undefined) {
    waiting.push(shipped);
    return;
  }
  const together = [shipped];
  uncharged.set(number, together);
  const chargedOn = charged === 'week' ? fridayFrom(today.on) : monthEndFrom(today.on);
  const index = today.index + daysBetween(today.on, chargedOn);
  schedule(branch, index, 'charge', (then) => {
    uncharged.delete(number);
    invoice(branch, then, together);
  });
}

const fridayFrom = (on: LocalDate): LocalDate => addDays(on, (12 - isoWeekday(on)) % 7);

/** The last working day of a month that is not over yet. */
function monthEndFrom(on: LocalDate): LocalDate {
  const [year, month] = partsOf(on);
  const next = dateOf(year, month + 1, 1);
  const found = workdayBefore(next);
  return found >= on ? found : workdayBefore(addMonths(next, 1));
}

function workdayBefore(next: LocalDate): LocalDate {
  const last = addDays(next, -1);
  return addDays(last, -Math.max(0, isoWeekday(last) - 5));
}

function comesBack(branch: Branch, today: Today, { goods }: Leaving): Back | undefined {
  const { draw } = today;
  const spellOf = ({ shelf }: Shipped['goods'][number]): Spell | undefined =>
    spellOn(branch, `batch ${shelf.item.number}`, today);
  const batch = goods.find((each) => spellOf(each) !== undefined);
  const isBad = batch !== undefined && draw.happens(400);
  if (!isBad && !draw.happens(RETURNED_PER_MILLE)) return undefined;
  const good = isBad ? batch : draw.pick(goods);
  const reason = isBad ? 'leaks' : draw.pick(REASONS);
  const quantity = isBad ? good.quantity : Math.max(1, Math.floor(good.quantity / 2));
  const afterDays = draw.between(7, 23);
  const spell = isBad ? spellOf(good) : undefined;
  return {
    good: { ...good, quantity },
    reason,
    afterDays,
    ...(spell === undefined ? {} : { spell }),
  };
}

function invoice(branch: Branch, today: Today, all: readonly Shipped[]): void {
  const [first] = all;
  if (first === undefined) return;
  const key = newKey(branch, 'ci');
  const deliveries = all.map(({ delivery }) => delivery);
  today.intents.push({ kind: 'customer-invoice', key, on: today.on, deliveries });
  collect(branch, today, { invoice: key, customer: first.customer, mayFail: true });
  for (const { order, customer, back } of all) {
    if (back === undefined) continue;
    schedule(branch, workday(today, back.afterDays), 'charge', (then) =>
      takeBack(branch, then, { order, customer, back }),
    );
  }
}

/** Goods come back; they are looked at, and may be sold again from the next month on. */
function takeBack(
  branch: Branch,
  today: Today,
  of: { readonly order: string; readonly customer: Customer; readonly back: Back },
): void {
  const { order, customer, back } = of;
  const { good, reason, spell } = back;
  const key = newKey(branch, 'rt');
  const lines = [{ line: good.line, quantity: good.quantity }];
  today.intents.push({ kind: 'customer-return', key, on: today.on, order, lines, reason });
  const note = newKey(branch, 'cn');
  today.intents.push({ kind: 'credit-note', key: note, on: today.on, returned: key, reason });
  spell?.documents.push({ kind: 'customer-return', key });
  const [year, month] = partsOf(today.on);
  const nextMonth = dateOf(year, month + 1, 1);
  const again = today.index + daysBetween(today.on, nextMonth);
  schedule(branch, again, 'receive', (then) => putOnShelf(good.shelf, good.quantity, then));
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
