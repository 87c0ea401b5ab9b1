import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { cancelInvoices, findInvoices } from '#erp/receivables';
import { describeError } from '#kernel';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  addPlanPrices,
  billSubscriptions,
  changeSubscriptions,
  chargesOf,
  createPlans,
  createSubscriptions,
  findSubscriptions,
  mrrMovements,
  releaseRevenue,
} from './index.ts';
import { books, context, march, openBench, subscribed } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const problem = (code: string) => ({ ok: false, problem: { code: `subscriptions.${code}` } });
const day = localDate;
type Wish = Parameters<typeof changeSubscriptions>[2][number];
const steer = async (id: string, step: Wish['step'], on: string, more: Partial<Wish> = {}) =>
  (
    await bench.run((tx) => changeSubscriptions(tx, context, [{ id, step, on: day(on), ...more }]))
  )[0];
const bill = (until: string) =>
  bench.run((tx) => billSubscriptions(tx, context, { until: day(until), postedOn: day(until) }));
const release = (through: string) =>
  bench.run((tx) => releaseRevenue(tx, context, { through: day(through) }));
const charges = async (id: string) =>
  (await bench.run((tx) => chargesOf(tx, [id]))).map(({ kind, periodFrom, amount, released }) => [
    kind,
    periodFrom,
    amount,
    released,
  ]);

test('plans and subscriptions ask for what they need', async () => {
  const price = { currency: 'EUR', validFrom: march(1), unitPrice: decimal('300.00') };
  const plans = await bench.run((tx) =>
    createPlans(tx, context, [
      { code: 'BASIC', name: 'x', intervalMonths: 1, prices: [price] },
      { code: 'ODD', name: 'x', intervalMonths: 2, prices: [price] },
      { code: 'TWICE', name: 'x', intervalMonths: 1, prices: [price, price] },
    ]),
  );
  expect(plans).toMatchObject([problem('code-taken'), problem('bad-plan'), problem('bad-plan')]);
  const added = await bench.run((tx) =>
    addPlanPrices(tx, context, [
      { plan: bench.yearly, ...price },
      { plan: bench.yearly, ...price },
      { plan: 'sp_none', ...price },
    ]),
  );
  expect(added).toMatchObject([{ ok: true }, problem('code-taken'), problem('no-such-plan')]);
  const { basic: plan, customer } = bench;
  const draft = { customer, plan, quantity: decimal('1'), startsOn: march(1) };
  const made = await bench.run((tx) =>
    createSubscriptions(tx, context, [
      { ...draft, customer: 'cu_none' },
      { ...draft, plan: 'sp_none' },
      { ...draft, quantity: decimal('0') },
      { ...draft, currency: 'CHF' },
      { ...draft, startsOn: day('2025-12-31') },
    ]),
  );
  const codes = ['no-such-customer', 'no-such-plan', 'bad-subscription', 'no-price', 'no-price'];
  expect(made).toMatchObject(codes.map(problem));
});

test('an interval is charged in advance, once, and earned by days', async () => {
  const id = await subscribed(bench, { startsOn: march(16) });
  const first = await bill('2026-03-31');
  expect(first).toMatchObject({ number: 'BR-2026-000001', refused: [], creditNotes: [] });
  const again = await bill('2026-03-31');
  expect(again).toEqual({ invoices: [], creditNotes: [], refused: [] });
  const found = await bench.run((tx) => findInvoices(tx, [first.invoices[0]?.id ?? '']));
  expect([...found.values()]).toMatchObject([{ net: '60.00', gross: '71.40' }]);
  const before = await books(bench);
  expect([before['Deferred revenue'], before['Revenue, subscriptions']]).toEqual([
    '-60.00',
    undefined,
  ]);
  expect(await release('2026-03-31')).toMatchObject([{ ok: true, value: { amount: '30.97' } }]);
  expect(await release('2026-03-31')).toEqual([]); // 16 of 31 days.
  await bill('2026-04-16');
  await release('2026-04-30');
  const after = await books(bench);
  expect([after['Deferred revenue'], after['Revenue, subscriptions']]).toEqual([
    '-30.00',
    '-90.00',
  ]);
  expect(await charges(id)).toEqual([
    ['recurring', '2026-03-16', '60.00', '60.00'],
    ['recurring', '2026-04-16', '60.00', '30.00'],
  ]);
  expect((await steer(id, 'end', '2026-05-16'))?.ok).toBe(true);
  await release('2026-05-31');
});

test('what changes within an interval is charged and given back by days', async () => {
  const id = await subscribed(bench, { startsOn: day('2026-04-01') });
  await bill('2026-04-01');
  const more = await steer(id, 'change', '2026-04-16', { quantity: decimal('4') });
  expect(more).toMatchObject({ ok: true, value: { movement: 'expansion', mrr: '120.00' } });
  await bill('2026-04-16');
  expect(await steer(id, 'change', '2026-03-31', { quantity: decimal('1') })).toMatchObject(
    problem('period-billed'),
  );
  expect(await steer(id, 'pause', '2026-04-21')).toMatchObject({ ok: true });
  const run = await bill('2026-04-21');
  expect([run.invoices.length, run.creditNotes.length, run.refused]).toEqual([0, 2, []]);
  expect(await charges(id)).toMatchObject([
    ['recurring', '2026-04-01', '60.00', '0'],
    ['more', '2026-04-01', '30.00', '0'], // Two more for 15 of 30 days.
    ['less', '2026-04-01', '-30.00', '0'], // Four for 10 days: 40, the newest first.
    ['less', '2026-04-01', '-10.00', '0'],
  ]);
  await bill('2026-05-01');
  expect((await charges(id)).at(-1)).toEqual(['recurring', '2026-05-01', '0.00', '0']);
  expect(await steer(id, 'resume', '2026-05-01')).toMatchObject({
    ok: true,
    value: { movement: 'reactivation' },
  });
  await bill('2026-05-01');
  expect((await charges(id)).at(-1)?.slice(0, 3)).toEqual(['more', '2026-05-01', '120.00']);
  expect(await steer(id, 'end', '2026-06-01')).toMatchObject({ ok: true });
  await bill('2026-07-01');
  expect(await charges(id)).toHaveLength(6);
  expect(await steer(id, 'resume', '2026-08-01')).toMatchObject(problem('not-in-this-state'));
  await release('2026-07-31');
  const open = sql`select 1 from erp_subscriptions.charge where released <> amount`;
  expect(await rows(bench.database.kysely, open)).toEqual([]);
  expect((await books(bench))['Deferred revenue']).toBe('0.00');
});

test('a term that is over is renewed at the price of its day, or ends', async () => {
  const term = { startsOn: day('2026-02-01'), termMonths: 3 };
  const [renewing, ending] = [
    await subscribed(bench, { ...term, autoRenews: true }),
    await subscribed(bench, term),
  ];
  await bill('2026-08-01');
  const found = await bench.run((tx) => findSubscriptions(tx, [renewing, ending]));
  expect(found.get(renewing)).toMatchObject({
    status: 'active',
    endsOn: '2026-11-01',
    mrr: '66.00',
  });
  expect(found.get(renewing)?.events.map(({ action, movement }) => [action, movement])).toEqual([
    ['start', 'new'],
    ['renew', 'expansion'],
    ['renew', null],
  ]);
  expect(found.get(ending)).toMatchObject({ status: 'ended', endsOn: '2026-05-01', mrr: '0.00' });
  expect((await charges(renewing)).map(([, , amount]) => amount)).toEqual([
    '60.00',
    '60.00',
    '60.00',
    '66.00',
    '66.00',
    '66.00',
    '66.00',
  ]);
  expect(await charges(ending)).toHaveLength(3);
});

test('another interval begins where one begins; foreign currency is earned at its invoice', async () => {
  const id = await subscribed(bench, { startsOn: day('2026-09-10') });
  await bill('2026-09-10');
  const wish = { plan: bench.yearly, quantity: decimal('1') };
  expect(await steer(id, 'change', '2026-09-20', wish)).toMatchObject(problem('not-at-boundary'));
  expect(await steer(id, 'change', '2026-10-10', wish)).toMatchObject({
    ok: true,
    value: { movement: 'contraction', mrr: '25.00' },
  });
  await bill('2026-10-10');
  expect((await charges(id)).map(([, from, amount]) => [from, amount])).toEqual([
    ['2026-09-10', '66.00'],
    ['2026-10-10', '300.00'],
  ]);
  const foreign = await subscribed(bench, {
    customer: bench.foreign,
    plan: bench.pro,
    quantity: decimal('100'),
    startsOn: day('2026-10-01'),
  });
  await bill('2026-10-10');
  await release('2026-10-31');
  const company = sql`select company_amount::text as amount, company_released::text as released
    from erp_subscriptions.charge where subscription_id = ${foreign}`;
  expect(await rows(bench.database.kysely, company)).toEqual([
    { amount: '26.64', released: '26.64' },
  ]);
});

test('recurring revenue moves month by month, and adds up', async () => {
  const months = await bench.run((tx) =>
    mrrMovements(tx, { legalEntity: 'DE01', from: day('2026-02-01'), to: day('2026-06-15') }),
  );
  const euros = months.filter(({ currency }) => currency === 'EUR');
  expect(euros.map(({ opening, closing }) => [opening, closing])).toEqual([
    ['0', '120.00'],
    ['120.00', '180.00'],
    ['180.00', '180.00'],
    ['180.00', '186.00'],
    ['186.00', '66.00'],
  ]);
  expect(euros[2]).toMatchObject({ new: '60.00', expansion: '60.00', churn: '-120.00' });
  expect(euros[3]).toMatchObject({ reactivation: '120.00', expansion: '6.00', churn: '-120.00' });
});

test('PostgreSQL refuses what is not an event of its subscription', async () => {
  const id = await subscribed(bench, { startsOn: day('2026-11-01') });
  const refusal = (statement: ReturnType<typeof sql>): Promise<string> =>
    bench
      .run((tx) => rows(tx, statement))
      .then(
        () => 'done',
        (error: unknown) => describeError(error),
      );
  const copy = (number: number, mrr: string) => sql`insert into erp_subscriptions.event
    select subscription_id, ${number}::integer, on_day, 'change', status, plan_id, quantity, unit_price,
      interval_months, anchor_on, ends_on, mrr, ${mrr}::numeric, 'expansion', '', 'x', now()
    from erp_subscriptions.event where subscription_id = ${id} and number = 1`;
  expect(await refusal(copy(3, '99.00'))).toContain('follow one another');
  expect(await refusal(copy(2, '9.00'))).toContain('movements_are_what_they_say');
  expect(await refusal(sql`update erp_subscriptions.event set mrr = 1`)).toContain('never changed');
  expect(await refusal(sql`update erp_subscriptions.subscription set mrr = 1`)).toContain(
    'kept by',
  );
});

test('an interval whose invoice was cancelled by hand is charged again', async () => {
  const before = await books(bench);
  const id = await subscribed(bench, { startsOn: day('2026-06-01') });
  const first = await bill('2026-06-01');
  await release('2026-06-10');
  const cancelled = { id: first.invoices[0]?.id ?? '', on: day('2026-06-11'), reason: 'mistake' };
  expect(await bench.run((tx) => cancelInvoices(tx, context, [cancelled]))).toMatchObject([
    { ok: true },
  ]);
  const second = await bill('2026-06-12');
  expect(second).toMatchObject({ invoices: [{}], creditNotes: [], refused: [] });
  const found = await bench.run((tx) => findInvoices(tx, [second.invoices[0]?.id ?? '']));
  expect([...found.values()]).toMatchObject([{ net: '66.00', gross: '78.54' }]);
  expect(await bill('2026-06-12')).toEqual({ invoices: [], creditNotes: [], refused: [] });
  await release('2026-06-30');
  expect(await charges(id)).toEqual([
    ['recurring', '2026-06-01', '66.00', '66.00'],
    ['less', '2026-06-01', '-66.00', '-66.00'],
    ['more', '2026-06-01', '66.00', '66.00'],
  ]);
  const after = await books(bench);
  const gained = ['Deferred revenue', 'Revenue, subscriptions'].map(
    (account) => Number(after[account] ?? '0') - Number(before[account] ?? '0'),
  );
  expect(gained).toEqual([0, -66]);
  expect((await steer(id, 'end', '2026-07-01'))?.ok).toBe(true);
});
