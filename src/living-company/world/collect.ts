import { addDays, isoWeekday } from '#kernel/time';
import { newKey, schedule, spellOn, takesTrick, workday } from './branch.ts';
import type { Branch, Owed, Spell, Today } from './branch.ts';
import type { Customer } from './catalogue.ts';
import { DUE_DAYS } from './plan.ts';

const STRAYS_PER_MILLE = 8; // Of payments.
const EARLIEST_DAYS = 3; // Who takes a discount and pays once a week pays in time: within ten days.

/** Customers pay as is their habit. */
export function collect(branch: Branch, today: Today, owed: Owed): void {
  const { invoice: key, customer, mayFail = false } = owed;
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
  const inTwo = !isEarly && draw.happens(25);
  const isStray = !isEarly && !inTwo && spell === undefined && draw.happens(STRAYS_PER_MILLE);
  if (customer.paysTogether && spell === undefined && !inTwo && !isStray) {
    payTogether(
      branch,
      today,
      owed,
      isEarly ? { isEarly, days: EARLIEST_DAYS } : { isEarly, days },
    );
    return;
  }
  const how = { takesDiscount: isEarly, spell };
  schedule(branch, workday(today, Math.max(2, days)), 'collect', (then) => {
    if (isStray) return payUnnamed(branch, then, owed);
    pay(branch, then, [owed], { ...how, perMille: inTwo ? 500 : 1_000 });
    if (!inTwo) return;
    schedule(branch, workday(then, 14), 'collect', (later) =>
      pay(branch, later, [owed], { ...how, perMille: 1_000 }),
    );
  });
}

/** On the customer's day of the week, with all else that is due by then. */
function payTogether(
  branch: Branch,
  today: Today,
  owed: Owed,
  of: { readonly isEarly: boolean; readonly days: number },
): void {
  const { customer } = owed;
  const weekday = 1 + (Number(customer.number.slice(-2)) % 5);
  const earliest = Math.max(2, of.days);
  const ahead = earliest + ((weekday - isoWeekday(addDays(today.on, earliest)) + 7) % 7);
  const index = today.index + ahead;
  const { unpaid } = branch;
  const key = `${customer.number} ${index} ${of.isEarly ? 'early' : 'due'}`;
  const waiting = unpaid.get(key);
  if (waiting !== undefined) {
    waiting.push(owed);
    return;
  }
  const together = [owed];
  unpaid.set(key, together);
  schedule(branch, index, 'collect', (then) => {
    unpaid.delete(key);
    pay(branch, then, together, { perMille: 1_000, takesDiscount: of.isEarly });
  });
}

function pay(
  branch: Branch,
  today: Today,
  all: readonly Owed[],
  how: {
    readonly perMille: number;
    readonly takesDiscount: boolean;
    readonly spell?: Spell | undefined;
  },
): void {
  const [first] = all;
  if (first === undefined) return;
  const { perMille, takesDiscount, spell } = how;
  const key = newKey(branch, 'cp');
  spell?.documents.push({ kind: 'customer-payment', key });
  today.intents.push({
    kind: 'customer-payment',
    key,
    on: today.on,
    customer: first.customer.number,
    invoices: all.map(({ invoice }) => invoice),
    perMille,
    takesDiscount,
  });
  if (perMille < 1_000) return;
  for (const { paid } of all) paid?.(today);
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
