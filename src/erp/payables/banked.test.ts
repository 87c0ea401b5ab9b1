import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#database';
import {
  bankingMigrations,
  createOwnAccounts,
  importStatements,
  listOwnAccounts,
  matchLines,
  proposeMatches,
  reconcile,
} from '#erp/banking';
import { decimal } from '#kernel/decimal';
import {
  createPaymentRun,
  decidePaymentRun,
  executePaymentRun,
  findPaymentRun,
  listPayments,
  postInvoices,
} from './index.ts';
import { context, march, openBench, ordered, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await migrate(bench.database, [bankingMigrations]);
});
afterAll(() => bench.database.close());

test('what a payment run has paid is found on the bank statement, and booked once', async () => {
  const made = await bench.run((tx) =>
    createOwnAccounts(tx, context, [
      {
        code: 'HB1',
        name: 'House bank',
        iban: 'DE12500105170648489890',
        currency: 'EUR',
        ledgerAccount: '1400',
        clearingAccount: '1420',
      },
    ]),
  );
  made.map(valueOf);
  const order = await ordered(bench, { quantity: '100', price: '1.00', received: '100' });
  const line = {
    order: { id: order, line: 10 },
    quantity: decimal('100'),
    net: decimal('100.00'),
    taxCode: 'IN-STD',
  };
  await bench.run((tx) =>
    postInvoices(tx, context, [
      {
        supplier: bench.supplier,
        supplierNumber: 'RE-1',
        issuedOn: march(6),
        postedOn: march(8),
        lines: [line],
      },
    ]),
  );
  const { id } = valueOf(
    await bench.run((tx) =>
      createPaymentRun(tx, context, {
        payOn: march(10),
        nextRunOn: march(31),
        bankAccount: 'HB1',
        currency: 'EUR',
      }),
    ),
  );
  const bob = { ...context, by: 'bob' };
  await bench.run((tx) => decidePaymentRun(tx, bob, { id, version: 1, decision: 'approve' }));
  valueOf(await bench.run((tx) => executePaymentRun(tx, context, { id, version: 2 })));
  expect((await findPaymentRun(bench.database.kysely, id))?.status).toBe('paid');
  const [payment] = await listPayments(bench.database.kysely, { run: id, limit: 9 });
  expect(payment?.amount).toBe('116.62');
  const [account] = await listOwnAccounts(bench.database.kysely, 'DE01');
  if (account === undefined) throw new Error('the account was opened');
  const standing = () => reconcile(bench.database.kysely, account, march(31));
  expect((await standing()).clearing.outstanding).toEqual({ count: 1, amount: '-116.62' });
  const [imported] = await bench.run((tx) =>
    importStatements(tx, context, [
      {
        account: 'HB1',
        reference: '2026-01',
        source: 'manual',
        fromOn: march(1),
        toOn: march(31),
        opening: decimal('0.00'),
        closing: decimal('-116.62'),
        lines: [
          {
            bookedOn: march(11),
            amount: decimal('-116.62'),
            remittance: `${payment?.number} RE-1`,
            counterpartyIban: 'DE89370400440532013000',
          },
        ],
      },
    ]),
  );
  valueOf(imported);
  const [proposal] = await proposeMatches(bench.database.kysely, account, { limit: 9 });
  expect(proposal).toMatchObject({
    isExact: true,
    parts: [{ kind: 'booked', entry: payment?.entry }],
  });
  const matched = await bench.run((tx) => matchLines(tx, context, proposal ? [proposal] : []));
  matched.map(valueOf);
  expect(await standing()).toMatchObject({
    bankBalance: '-116.62',
    ledgerBalance: '-116.62',
    clearing: { balance: '0.00', unmatched: { count: 0 }, outstanding: { count: 0 } },
  });
});
