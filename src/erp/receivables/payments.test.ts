import { afterAll, beforeAll, expect, test } from 'vitest';
import { agingOf, allocate, findOpenItems, statementOf } from '#erp/open-items';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  cancelInvoices,
  daysSalesOutstanding,
  listPayments,
  listWriteOffs,
  postInvoices,
  postPayments,
  reversePayments,
  reverseWriteOffs,
  setWriteOffLimit,
  writeOff,
} from './index.ts';
import type { PaymentDraft, WriteOffDraft } from './index.ts';
import { context, gained, march, openBench, openNow, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

/** An invoice over so much net with 19 % tax; without tax in dollars for the foreign customer. */
const bill = async (net: string, customer = bench.customer) => {
  const taxCode = customer === bench.foreign ? 'OUT-ZERO' : 'OUT-STD';
  const lines = [{ text: 'Pump', unitPrice: decimal(net), taxCode }];
  const drafts = [{ customer, issuedOn: march(2), postedOn: march(2), lines }];
  return valueOf((await bench.run((tx) => postInvoices(tx, context, drafts)))[0]);
};
const part = (item: string, amount: string, discount?: string) => ({
  item,
  amount: decimal(amount),
  ...(discount === undefined ? {} : { discount: decimal(discount) }),
});
const pay = async (amount: string, parts: PaymentDraft['parts'], more: object = {}) => {
  const draft = {
    customer: bench.customer,
    paidOn: march(12),
    bankAccount: 'MAIN',
    currency: 'EUR',
    amount: decimal(amount),
    parts,
    ...more,
  };
  return (await bench.run((tx) => postPayments(tx, context, [draft])))[0];
};
const bounce = async (id: string) =>
  (
    await bench.run((tx) => reversePayments(tx, context, [{ id, on: march(14), reason: 'NSF' }]))
  )[0];
const lose = async (draft: Pick<WriteOffDraft, 'item'> & Partial<WriteOffDraft>) => {
  const wish = { kind: 'small-difference', on: march(13), reason: 'coins', ...draft } as const;
  return (await bench.run((tx) => writeOff(tx, context, [wish])))[0];
};
const problem = (code: string) => ({ ok: false, problem: { code: `receivables.${code}` } });

test('one payment settles several invoices, with discount and its tax, the rest stays a credit', async () => {
  const [first, second] = [await bill('100.00'), await bill('50.00')];
  const change = await gained(bench, async () => {
    const parts = [part(first.item, '116.62', '2.38'), part(second.item, '20.00')];
    const paid = valueOf(await pay('150.00', parts));
    expect(paid.number).toBe('CP-2026-000001');
    expect(await openNow(bench, paid.item)).toBe('13.38');
    const wish = { raising: second.item, lowering: paid.item, amount: decimal('13.38') };
    await bench.run((tx) => allocate(tx, context, [{ ...wish, on: march(13) }]));
  });
  expect([await openNow(bench, first.item), await openNow(bench, second.item)]).toEqual([
    '0.00',
    '26.12',
  ]);
  expect(change).toEqual({
    'Bank, main account': '150.00',
    'Trade receivables': '-152.38',
    'Cash discount granted': '2.00',
    'Output tax': '0.38',
  });
  const cancelled = await bench.run((tx) =>
    cancelInvoices(tx, context, [{ id: first.id, on: march(13), reason: 'x' }]),
  );
  expect(cancelled).toMatchObject([problem('settled')]);
});

test('a discount is granted within its days and measure, or by somebody', async () => {
  const { item } = await bill('100.00');
  const parts = [part(item, '116.61', '2.39')];
  expect(await pay('116.61', parts)).toMatchObject(problem('discount-not-earned'));
  const late = { paidOn: march(13) };
  const full = [part(item, '116.62', '2.38')];
  expect(await pay('116.62', full, late)).toMatchObject(problem('discount-not-earned'));
  const half = [part(item, '58.31', '1.19')];
  expect((await pay('58.31', half))?.ok).toBe(true);
  expect((await pay('58.31', half, { ...late, grantsDiscount: true }))?.ok).toBe(true);
  expect(await openNow(bench, item)).toBe('0.00');
});

test('a payment in dollars realises what the rate gained, and leaves nothing when it bounces', async () => {
  const { item } = await bill('100.00', bench.foreign); // 80.00 €.
  const more = { customer: bench.foreign, currency: 'USD', paidOn: march(16) };
  const change = await gained(bench, async () => {
    const paid = valueOf(await pay('100.00', [part(item, '100.00')], more));
    expect(await openNow(bench, item)).toBe('0.00');
    expect((await bounce(paid.id))?.ok).toBe(true);
    expect(await bounce(paid.id)).toMatchObject(problem('already-taken-back'));
    expect([await openNow(bench, item), await openNow(bench, paid.item)]).toEqual([
      '100.00',
      '0.00',
    ]);
    const [listed] = await listPayments(bench.database.kysely, { ...more, limit: 9 });
    expect(listed?.takenBackOn).toBe(march(14));
  });
  expect(change).toEqual({});
  const again = await gained(bench, async () => {
    valueOf(await pay('100.00', [part(item, '100.00')], more));
  });
  expect(again).toEqual({
    'Bank, main account': '100.00',
    'Trade receivables': '-80.00',
    'Exchange gains': '-20.00',
  });
});

test('a bounced payment with discount opens all of its invoices again', async () => {
  const [first, second] = [await bill('100.00'), await bill('30.00')];
  const change = await gained(bench, async () => {
    const parts = [part(first.item, '116.62', '2.38'), part(second.item, '35.70')];
    const paid = valueOf(await pay('160.00', parts));
    expect((await bounce(paid.id))?.ok).toBe(true);
  });
  expect(change).toEqual({});
  expect([await openNow(bench, first.item), await openNow(bench, second.item)]).toEqual([
    '119.00',
    '35.70',
  ]);
});

test('what was overpaid is paid back', async () => {
  const { item } = await bill('10.00');
  const paid = valueOf(await pay('20.00', [part(item, '11.90')]));
  const change = await gained(bench, async () => {
    const parts = [part(paid.item, '8.10')];
    expect((await pay('8.10', parts, { isRefund: true }))?.ok).toBe(true);
    expect(await openNow(bench, paid.item)).toBe('0.00');
  });
  expect(change).toEqual({ 'Bank, main account': '-8.10', 'Trade receivables': '8.10' });
});

test('a few coins are let go within the limit, with their tax, both ways', async () => {
  const { item } = await bill('100.00');
  const paid = valueOf(await pay('118.00', [part(item, '118.00')]));
  const change = await gained(bench, async () => {
    const gone = valueOf(await lose({ item }));
    expect((await lose({ item }))?.ok).toBe(false); // Nothing is left.
    const wish = { id: gone.id, on: march(14), reason: 'paid after all' };
    const back = () => bench.run((tx) => reverseWriteOffs(tx, context, [wish]));
    expect((await back())[0]?.ok).toBe(true);
    expect((await back())[0]).toMatchObject(problem('already-taken-back'));
    expect(await openNow(bench, item)).toBe('1.00');
    expect((await lose({ item }))?.ok).toBe(true);
  });
  expect(change).toEqual({
    'Trade receivables': '-1.00',
    'Rounding differences': '0.84',
    'Output tax': '0.16',
  });
  expect(paid.number).not.toBe('');
  const over = valueOf(await pay('5.01', []));
  expect(await lose({ item: over.item })).toMatchObject(problem('over-limit'));
  await bench.run((tx) => setWriteOffLimit(tx, 'DE01', decimal('6.00')));
  const kept = await gained(bench, async () => {
    expect((await lose({ item: over.item }))?.ok).toBe(true);
  });
  expect(kept).toEqual({ 'Trade receivables': '5.01', 'Rounding differences': '-5.01' });
});

test('a debt that nobody will pay is lost in both currencies, its tax is not', async () => {
  const change = await gained(bench, async () => {
    const { item } = await bill('1000.00');
    const kind = 'bad-debt' as const;
    expect((await lose({ item, kind, amount: decimal('595.00'), reason: 'quota' }))?.ok).toBe(true);
    expect(await openNow(bench, item)).toBe('595.00');
    const dollars = await bill('10.00', bench.foreign);
    expect((await lose({ item: dollars.item, kind }))?.ok).toBe(true);
    const found = await findOpenItems(bench.database.kysely, [dollars.item]);
    expect([...found.values()]).toMatchObject([{ cleared: '10.00', companyCleared: '8.00' }]);
  });
  expect(change).toMatchObject({ 'Bad debt': '508.00', 'Trade receivables': '595.00' });
  const listed = await listWriteOffs(bench.database.kysely, { limit: 9 });
  const lost = listed.filter(({ kind }) => kind === 'bad-debt').map(({ tax }) => tax);
  expect(lost.toSorted()).toEqual(['0.00', '95.00']);
});

test.each([
  ['an unknown customer', '1.00', { customer: 'cus_x' }, 'no-such-customer'],
  ['a payment of nothing', '0.00', {}, 'totals-differ'],
  ['a currency without a rate', '1.00', { currency: 'CHF' }, 'no-rate'],
  ['an unknown item', '1.00', { parts: [part('oi_x', '1.00')] }, 'settled'],
  ['parts above its amount', '1.00', { parts: [part('oi_x', '1.01')] }, 'totals-differ'],
])('%s is refused', async (_what, amount, more, code) => {
  expect(await pay(amount, [], more)).toMatchObject(problem(code));
});

test('a statement runs from day to day, days outstanding and aging say how long it lasts', async () => {
  const customer = bench.limited;
  const { item, number } = await bill('100.00', customer); // Due on the first of April.
  const half = { customer, grantsDiscount: true };
  const paid = valueOf(await pay('50.00', [part(item, '50.00', '1.00')], half));
  const of = { legalEntity: 'DE01', side: 'receivable', party: customer } as const;
  const [early, later] = [
    { from: march(1), to: march(31) },
    { from: march(5), to: march(31) },
  ];
  const handle = bench.database.kysely;
  const whole = await statementOf(handle, { ...of, ...early });
  expect(whole.entries.map((each) => [each.number, each.amount, each.balance])).toEqual([
    [number, '119.00', '119.00'],
    [paid.number, '-50.00', '69.00'],
    [number, '-1.00', '68.00'],
  ]);
  expect((await statementOf(handle, { ...of, ...later })).balances).toEqual([
    { currency: 'EUR', opening: '119.00', closing: '68.00' },
  ]);
  const query = { legalEntity: 'DE01', customer, ...early };
  expect(await daysSalesOutstanding(handle, query)).toEqual({
    receivable: '68.00',
    overdue: '0',
    charged: '119.00',
    days: 31,
    daysOutstanding: '17.7',
  });
  const asOf = localDate('2026-05-15'); // 44 days late.
  expect(await agingOf(handle, { ...of, asOf })).toEqual([
    { party: customer, notDue: '0', overdue: ['0', '68.00', '0', '0'], total: '68.00' },
  ]);
});

test('two people settle one item at once: it is settled once, and no coin more', async () => {
  const { item } = await bill('100.00');
  const all = await Promise.all(
    Array.from({ length: 6 }, () => pay('119.00', [part(item, '119.00')])),
  );
  expect(all.filter((each) => each?.ok === true)).toHaveLength(1);
  expect(await openNow(bench, item)).toBe('0.00');
});
