import { afterAll, beforeAll, expect, test } from 'vitest';
import { markOpenItems } from '#erp/open-items';
import { decimal } from '#kernel/decimal';
import {
  cancelInvoices,
  changePaymentRun,
  createPaymentRun,
  createPaymentRuns,
  decidePaymentRun,
  decidePaymentRuns,
  executePaymentRun,
  findPaymentRun,
  listPaymentRuns,
  listPayments,
} from './index.ts';
import type { InvoiceDraft, InvoiceLineDraft } from './index.ts';
import { chargeAt, context, march, openBench, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const charge = (lines: readonly InvoiceLineDraft[], more: Partial<InvoiceDraft> = {}) =>
  chargeAt(bench, lines, more);

test('a run pays what is due, tells what it leaves out, and needs another to agree', async () => {
  const line = { text: 'Paper', net: decimal('100.00'), taxCode: 'IN-STD' };
  const due = valueOf((await charge([line], { issuedOn: march(1) }))[0]);
  const blocked = valueOf((await charge([line], { issuedOn: march(1) }))[0]);
  await bench.run((tx) => markOpenItems(tx, [{ id: blocked.item, blocks: ['price'] }]));
  const criteria = {
    payOn: march(10),
    nextRunOn: march(17),
    bankAccount: 'MAIN',
    currency: 'EUR',
    suppliers: [bench.supplier],
  };
  const { id } = valueOf(await bench.run((tx) => createPaymentRun(tx, context, criteria)));
  const run = await findPaymentRun(bench.database.kysely, id);
  expect(run?.items.find(({ item }) => item === due.item)).toMatchObject({
    amount: '116.62',
    discount: '2.38',
    isLeftOut: false,
  });
  expect(run?.items.find(({ item }) => item === blocked.item)).toMatchObject({
    isLeftOut: true,
    leftOutBecause: 'blocked',
  });
  const others = (run?.items ?? []).filter(({ item }) => item !== due.item);
  const items = others.map(({ item }) => ({ item, isLeftOut: item !== blocked.item }));
  await bench.run((tx) => changePaymentRun(tx, { id, version: 1, items }));
  const decide = (by: string) =>
    bench.run((tx) =>
      decidePaymentRun(tx, { ...context, by }, { id, version: 2, decision: 'approve' }),
    );
  expect(await decide('ada')).toMatchObject({ problem: { code: 'payables.four-eyes' } });
  expect((await decide('bob')).ok).toBe(true);
  const pay = () => bench.run((tx) => executePaymentRun(tx, context, { id, version: 3 }));
  expect(valueOf(await pay()).payments).toMatchObject([{ ok: true }]);
  expect(await pay()).toMatchObject({ problem: { code: 'payables.moved-on' } });
  const [payment] = await listPayments(bench.database.kysely, { run: id, limit: 9 });
  expect(payment?.amount).toBe('116.62');
  const cancelled = await bench.run((tx) =>
    cancelInvoices(tx, context, [{ id: due.id, on: march(11), reason: 'too late' }]),
  );
  expect(cancelled).toMatchObject([{ problem: { code: 'payables.settled' } }]);
});

test('of runs that follow one another the next one proposes nothing again; the largest comes first', async () => {
  const line = (net: string) => ({ text: 'Paper', net: decimal(net), taxCode: 'IN-STD' });
  const nets = ['90.00', '1000.00', '200.00'];
  for (const net of nets) await charge([line(net)], { issuedOn: march(1) });
  const later = await charge([line('70.00')], { issuedOn: march(12) });
  const common = { bankAccount: 'MAIN', currency: 'EUR', suppliers: [bench.supplier] };
  const created = await bench.run((tx) =>
    createPaymentRuns(tx, context, [
      { ...common, payOn: march(10), nextRunOn: march(17) },
      { ...common, payOn: march(17), nextRunOn: march(24) },
      { ...common, payOn: march(18), nextRunOn: march(18) },
    ]),
  );
  const [first, second] = created.map((each) => (each.ok ? each.value.id : ''));
  const itemsOf = async (id = '') => (await findPaymentRun(bench.database.kysely, id))?.items ?? [];
  const amounts = (await itemsOf(first)).map(({ amount }) => Number(amount));
  expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
  expect(amounts.length).toBeGreaterThanOrEqual(nets.length);
  expect((await itemsOf(second)).filter(({ isLeftOut }) => !isLeftOut)).toMatchObject([
    { item: valueOf(later[0]).item },
  ]);
  expect(created[2]).toMatchObject({ problem: { code: 'payables.nothing-to-pay' } });
  const decide = (by: string, version: number) =>
    bench.run((tx) =>
      decidePaymentRuns(tx, { ...context, by }, [
        { id: first ?? '', version, decision: 'approve' },
        { id: second ?? '', version: 1, decision: 'withdraw' },
      ]),
    );
  expect(await decide('bob', 2)).toMatchObject([
    { problem: { code: 'payables.moved-on' } },
    { ok: true },
  ]);
  expect(await decide('bob', 1)).toMatchObject([
    { ok: true },
    { problem: { code: 'payables.moved-on' } },
  ]);
  const begins = async (number: string) =>
    (await listPaymentRuns(bench.database.kysely, { number, limit: 9 })).length;
  expect([await begins('PY-'), await begins('PY-2026-000001'), await begins('SP-')]).toEqual([
    3, 1, 0,
  ]);
  const stop = (version: number) =>
    bench.run((tx) =>
      decidePaymentRuns(tx, context, [{ id: first ?? '', version, decision: 'withdraw' }]),
    );
  expect(await stop(2)).toMatchObject([{ ok: true }]);
  expect(await findPaymentRun(bench.database.kysely, first ?? '')).toMatchObject({
    status: 'withdrawn',
    approvedBy: 'bob',
  });
  expect(await stop(3)).toMatchObject([{ problem: { code: 'payables.not-in-this-state' } }]);
});
