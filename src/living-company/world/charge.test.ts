/** What customers are charged, and how they pay, without an ERP. */
import { expect, test } from 'vitest';
import { addDays, isoWeekday, localDate, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { Charged } from './catalogue.ts';
import type { DayOf } from './intent.ts';
import { DISCOUNT_DAYS } from './plan.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

function lived(days: number): { readonly world: World; readonly days: readonly DayOf[] } {
  const world = openWorld({ size: 'small', seed: 7, startedOn: localDate('2024-01-01') });
  return { world, days: Array.from({ length: days }, () => world.live().entities).flat() };
}

/** Whether it is a day on which it is charged so. */
function isDay(how: Charged, on: LocalDate): boolean {
  if (how === 'week') return isoWeekday(on) === 5;
  return how === 'delivery' || partsOf(addDays(on, 4))[1] !== partsOf(on)[1];
}

test('what left is charged once, by itself or with the week or month, and comes back after that', () => {
  const { days, world } = lived(200);
  const known = new Map(
    world.catalogue.trades.flatMap(({ entity, customers }) =>
      customers.map((each) => [`${entity.code} ${each.number}`, each]),
    ),
  );
  const together = new Map<string, number>(); // The most deliveries of an invoice, by how they are charged.
  let returned = 0;
  for (const { code } of world.catalogue.trades.map(({ entity }) => entity)) {
    const own = days.filter(({ entity }) => entity === code).flatMap(({ intents }) => intents);
    const byKey = new Map(own.map((intent) => [intent.key, intent]));
    const customerOf = (delivery: string): string => {
      const left = byKey.get(delivery);
      const order = left?.kind === 'delivery' ? byKey.get(left.order) : undefined;
      return order?.kind === 'sales-order' ? order.customer : 'nobody';
    };
    const invoices = own.flatMap((each) => (each.kind === 'customer-invoice' ? [each] : []));
    const charged = invoices.flatMap(({ deliveries }) => deliveries);
    expect(new Set(charged).size).toBe(charged.length);
    const due = own.filter(({ kind, on }) => kind === 'delivery' && on < '2024-06-01');
    expect(due.filter(({ key }) => !charged.includes(key))).toEqual([]);
    for (const { deliveries, on } of invoices) {
      const [customer, ...others] = new Set(deliveries.map(customerOf));
      expect(others).toEqual([]);
      const how = known.get(`${code} ${customer}`)?.charged ?? 'delivery';
      together.set(how, Math.max(together.get(how) ?? 0, deliveries.length));
      expect(isDay(how, on)).toBe(true);
      for (const key of deliveries) expect((byKey.get(key)?.on ?? '9') <= on).toBe(true);
    }
    const lastInvoiceOf = new Map(
      invoices.flatMap(({ on, deliveries }) =>
        deliveries.map((key) => {
          const left = byKey.get(key);
          return [left?.kind === 'delivery' ? left.order : '', on] as const;
        }),
      ),
    );
    const back = own.flatMap((each) => (each.kind === 'customer-return' ? [each] : []));
    returned += back.length;
    for (const { order, on } of back) expect((lastInvoiceOf.get(order) ?? '9') < on).toBe(true);
  }
  expect(returned).toBeGreaterThan(5);
  expect(together.get('delivery')).toBe(1);
  expect(together.get('week')).toBeGreaterThan(1);
  expect(together.get('month')).toBeGreaterThan(together.get('week') ?? 9);
});

test('customers pay once, what is due in a week often at once, and take discounts in time', () => {
  const { days } = lived(300);
  const keyed = days.flatMap(({ entity, intents }) =>
    intents.map((intent) => ({ intent, keyOf: (key: string) => `${entity} ${key}` })),
  );
  const issued = new Map(
    keyed.flatMap(({ intent, keyOf }) => {
      const { key, kind, on } = intent;
      const keys = kind === 'billing-run' ? intent.charged.map(({ invoice }) => invoice) : [key];
      return keys.map((each) => [keyOf(each), on] as const);
    }),
  );
  const paid = keyed.flatMap(({ intent, keyOf }) =>
    intent.kind === 'customer-payment' ? [{ ...intent, invoices: intent.invoices.map(keyOf) }] : [],
  );
  const settled = paid.flatMap(({ perMille, invoices }) => (perMille === 1_000 ? invoices : []));
  expect(new Set(settled).size).toBe(settled.length);
  expect(Math.max(...paid.map(({ invoices }) => invoices.length))).toBeGreaterThan(1);
  const early = paid.filter(({ takesDiscount }) => takesDiscount);
  expect(early.length).toBeGreaterThan(10);
  for (const { invoices, on } of early) {
    for (const key of invoices) {
      expect(addDays(localDate(issued.get(key) ?? '2020-01-01'), DISCOUNT_DAYS) >= on).toBe(true);
    }
  }
});
