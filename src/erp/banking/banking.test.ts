import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentFlow } from '#erp/company';
import { trialBalance } from '#erp/ledger/reports';
import { findOpenItems } from '#erp/open-items';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  bookedOpen,
  createOwnAccounts,
  findMatches,
  importStatements,
  listStatementLines,
  listStatements,
  matchLines,
  proposeMatches,
  reconcile,
  undoMatches,
} from './index.ts';
import type { MatchDraft, MatchPart, OwnAccount, StatementDraft, StatementLine } from './index.ts';
import {
  context,
  CUSTOMER_IBAN,
  march,
  nextStatement,
  openBench,
  owed,
  payAhead,
  SUPPLIER_IBAN,
  told,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const match = (...drafts: readonly MatchDraft[]) =>
  bench.run((tx) => matchLines(tx, context, drafts));
const one = (line: StatementLine | undefined, ...parts: readonly MatchPart[]): MatchDraft => ({
  line: line?.id ?? '',
  parts,
});
const proposals = (account: OwnAccount = bench.euros) =>
  proposeMatches(bench.database.kysely, account, { limit: 99 });
const standing = (account: OwnAccount = bench.euros) =>
  reconcile(bench.database.kysely, account, march(31));
const cleared = async (...ids: readonly string[]) => {
  const found = await findOpenItems(bench.database.kysely, ids);
  return ids.map((id) => found.get(id)?.cleared);
};
const balances = async (): Promise<Readonly<Record<string, Decimal>>> => {
  const { rows } = await bench.run((tx) =>
    trialBalance(tx, { legalEntity: 'DE01', to: localDate('2026-12-31') }),
  );
  return Object.fromEntries(rows.map(({ account, closing }) => [account, closing]));
};
const codeOf = (result: Awaited<ReturnType<typeof match>>[number] | undefined) =>
  result?.ok === false ? result.problem.code : 'ok';

/** Takes what is exact, as a person would at a click. */
async function matchExact(account?: OwnAccount): Promise<number> {
  const exact = (await proposals(account)).filter(({ isExact }) => isExact);
  const results = await match(...exact.map(({ line, parts }) => ({ line, parts })));
  expect(results.map(codeOf)).toEqual(results.map(() => 'ok'));
  return results.length;
}

test('what the bank tells stands on its account at once, and waits on clearing', async () => {
  const lines = await told(bench, [
    { amount: decimal('200.00'), remittance: 'something' },
    { amount: decimal('-1.50'), bookedOn: march(10), reference: 'R-1' },
  ]);
  expect(await standing()).toMatchObject({
    bankBalance: '1198.50',
    ledgerBalance: '1198.50',
    difference: '0.00',
    clearing: {
      balance: '-198.50',
      unmatched: { count: 2, amount: '198.50' },
      unexplained: '0.00',
    },
  });
  expect((await reconcile(bench.database.kysely, bench.euros, march(9))).bankBalance).toBe(
    '1200.00',
  );
  const results = await match(
    one(lines[0], { kind: 'account', account: '4300', amount: decimal('200.00') }),
    one(lines[1], { kind: 'account', amount: decimal('-1.50'), text: 'fees of march' }),
    one(lines[1], { kind: 'account', amount: decimal('-1.50') }),
  );
  expect(results.map(codeOf)).toEqual(['ok', 'ok', 'banking.already-matched']);
  expect(await balances()).toMatchObject({ 1400: '1198.50', 4300: '-200.00', 6310: '1.50' });
  expect((await standing()).clearing).toMatchObject({ balance: '0.00', unexplained: '0.00' });
});

test('a customer who names his invoice and pays it is found, and so is his discount', async () => {
  const [plain, discounted, other] = await Promise.all([
    owed(bench, 'receivable', { number: 'CI-2026-000011', amount: '119.00' }),
    owed(bench, 'receivable', {
      number: 'CI-2026-000012',
      amount: '200.00',
      discounts: [{ percent: decimal('2'), until: march(11) }],
    }),
    owed(bench, 'receivable', { number: 'CI-2026-000013', amount: '119.00' }),
  ]);
  await told(bench, [
    { amount: decimal('119.00'), remittance: 'inv. ci 2026 000011, thanks' },
    { amount: decimal('196.00'), endToEndId: 'CI-2026-000012', counterpartyIban: CUSTOMER_IBAN },
    { amount: decimal('119.00'), counterpartyIban: CUSTOMER_IBAN },
  ]);
  const found = await proposals();
  expect(found.slice(0, 2).map(({ isExact }) => isExact)).toEqual([true, true]);
  const discount = found.find(({ reasons }) => reasons.includes('amount-with-discount'));
  expect(discount).toMatchObject({
    score: 100,
    reasons: ['amount-with-discount', 'document-number', 'bank-account'],
  });
  expect(await matchExact()).toBe(2);
  expect(await cleared(plain, discounted, other)).toEqual(['119.00', '200.00', '0']);
  const rest = await proposals();
  expect(rest[0]).toMatchObject({ isExact: false, reasons: ['amount', 'bank-account'] });
  const [accepted] = await match(
    one(
      (await listStatementLines(bench.database.kysely, { isMatched: false, limit: 9 }))[0],
      ...(rest[0]?.parts ?? []),
    ),
  );
  const made = (await findMatches(bench.database.kysely, [valueOf(accepted).id])).get(
    valueOf(accepted).id,
  );
  const flow = await documentFlow(
    bench.database.kysely,
    'bank-payment',
    made?.parts[0]?.document ?? '',
  );
  expect(flow.map(({ from, to }) => `${from.kind} > ${to.kind}`).toSorted()).toContain(
    'bank-payment > bank-statement',
  );
  expect((await standing()).clearing).toMatchObject({ balance: '0.00', unmatched: { count: 0 } });
});

test('several invoices in one payment are found together; a number within another is not one', async () => {
  const ids = await Promise.all([
    owed(bench, 'receivable', { number: 'CI-2026-21', amount: '10.00' }),
    owed(bench, 'receivable', { number: 'CI-2026-211', amount: '20.00' }),
    owed(bench, 'receivable', { number: 'CI-2026-22', amount: '30.00' }),
  ]);
  await told(bench, [{ amount: decimal('50.00'), remittance: 'CI-2026-211 + CI-2026-22' }]);
  expect(await matchExact()).toBe(1);
  expect(await cleared(...ids)).toEqual(['0', '20.00', '30.00']);
});

test('a payment of a payment run is found on the statement, and not booked twice', async () => {
  const [item, second] = await Promise.all([
    owed(bench, 'payable', { number: 'SI-2026-000001', amount: '300.00' }),
    owed(bench, 'payable', { number: 'SI-2026-000002', amount: '80.00' }),
  ]);
  const before = await balances();
  const paid = await payAhead(bench, {
    amount: decimal('300.00'),
    parts: [{ item, amount: decimal('300.00') }],
  });
  expect((await standing()).clearing).toMatchObject({
    outstanding: { count: 1, amount: '-300.00' },
    unexplained: '0.00',
  });
  await told(bench, [
    { amount: decimal('-300.00'), endToEndId: paid.number, counterpartyIban: SUPPLIER_IBAN },
  ]);
  const [proposal] = await proposals();
  expect(proposal).toMatchObject({ isExact: true, parts: [{ kind: 'booked', entry: paid.entry }] });
  expect(await matchExact()).toBe(1);
  expect(await bookedOpen(bench.database.kysely, bench.euros)).toEqual([]);
  const after = await balances();
  expect(Number(after['1400']) - Number(before['1400'])).toBe(-300);
  expect(Number(after['2000']) - Number(before['2000'])).toBe(300);
  expect((await standing()).clearing.balance).toBe('0.00');
  const [a, b] = [
    await payAhead(bench, {
      amount: decimal('50.00'),
      parts: [{ item: second, amount: decimal('50.00') }],
    }),
    await payAhead(bench, {
      amount: decimal('30.00'),
      parts: [{ item: second, amount: decimal('30.00') }],
    }),
  ];
  const [line] = await told(bench, [{ amount: decimal('-80.00'), remittance: 'collective order' }]);
  const collective = (await proposals()).find(({ reasons }) => reasons.includes('collective'));
  expect(collective?.parts).toMatchObject([{ entry: a.entry }, { entry: b.entry }]);
  const twice = await match(
    { line: line?.id ?? '', parts: [...(collective?.parts ?? []), ...(collective?.parts ?? [])] },
    { line: line?.id ?? '', parts: collective?.parts ?? [] },
  );
  expect(twice.map(codeOf)).toEqual(['banking.not-booked-here', 'ok']);
});

test('a match is taken back: what it paid is open, what it ticked off waits, and it can be made again', async () => {
  const item = await owed(bench, 'receivable', { number: 'CI-2026-000031', amount: '70.00' });
  const bill = await owed(bench, 'payable', { number: 'SI-2026-000031', amount: '40.00' });
  const before = await balances();
  const paid = await payAhead(bench, {
    amount: decimal('40.00'),
    parts: [{ item: bill, amount: decimal('40.00') }],
  });
  const lines = await told(bench, [
    { amount: decimal('72.00'), remittance: 'CI-2026-000031' },
    { amount: decimal('-40.00'), remittance: paid.number },
  ]);
  const [entry] = await bookedOpen(bench.database.kysely, bench.euros);
  const drafts = [
    one(
      lines[0],
      {
        kind: 'items',
        side: 'receivable',
        party: bench.customer,
        amount: decimal('70.00'),
        items: [{ item, amount: decimal('70.00') }],
      },
      { kind: 'account', account: '4300', amount: decimal('2.00') },
    ),
    one(lines[1], { kind: 'booked', entry: entry?.entryId ?? '', line: entry?.line ?? 0 }),
  ];
  const matched = (await match(...drafts)).map((each) => valueOf(each).id);
  expect(await cleared(item)).toEqual(['70.00']);
  const undo = () =>
    bench.run((tx) =>
      undoMatches(tx, context, [
        ...matched.map((id) => ({ id, on: march(20) })),
        { id: 'mt_none', on: march(20) },
      ]),
    );
  expect((await undo()).map(codeOf)).toEqual(['ok', 'ok', 'banking.no-such-match']);
  expect(await cleared(item)).toEqual(['0.00']);
  expect((await undo()).map(codeOf).slice(0, 2)).toEqual([
    'banking.already-undone',
    'banking.already-undone',
  ]);
  expect((await standing()).clearing).toMatchObject({
    unmatched: { count: 2, amount: '32.00' },
    outstanding: { count: 1, amount: '-40.00' },
    unexplained: '0.00',
  });
  expect((await match(...drafts)).map(codeOf)).toEqual(['ok', 'ok']);
  const after = await balances();
  expect(Number(after['1300']) - Number(before['1300'])).toBe(-70);
  expect((await standing()).clearing).toMatchObject({ balance: '0.00', unexplained: '0.00' });
});

test('what dollars were worth when they were sent and when they came is a gain or a loss', async () => {
  const bill = await owed(bench, 'payable', {
    number: 'SI-2026-000041',
    amount: '125.00',
    currency: 'USD',
    companyAmount: '100.00',
  });
  const paid = await payAhead(bench, {
    bankAccount: 'USD1',
    currency: 'USD',
    amount: decimal('125.00'),
    parts: [{ item: bill, amount: decimal('125.00') }],
  });
  const lines = await told(
    bench,
    [
      { amount: decimal('600.00'), bookedOn: march(11) },
      { amount: decimal('-125.00'), bookedOn: march(11), remittance: paid.number },
    ],
    bench.dollars,
  );
  expect(lines.map(({ companyAmount }) => companyAmount)).toEqual(['500.00', '-104.17']);
  const capital: MatchPart = { kind: 'account', account: '3000', amount: decimal('600.00') };
  expect((await match(one(lines[0], capital))).map(codeOf)).toEqual(['ok']);
  expect(await matchExact(bench.dollars)).toBe(1);
  const after = await balances();
  expect([after['1422'], after['1402'], after['6330']]).toEqual(['0.00', '395.83', '4.17']);
  const report = await standing(bench.dollars);
  expect(report).toMatchObject({ difference: '0.00', clearing: { balance: '0.00' } });
});

test.each<[string, (draft: StatementDraft) => Partial<StatementDraft>, string]>([
  ['the same statement', () => ({ reference: 'S1' }), 'banking.duplicate-statement'],
  ['one with a gap before it', () => ({ opening: decimal('1.00') }), 'banking.not-continued'],
  ['lines that lead elsewhere', () => ({ closing: decimal('1.00') }), 'banking.balance-differs'],
  ['an account that is not ours', () => ({ account: 'NONE' }), 'banking.no-such-account'],
  ['another currency', () => ({ currency: 'USD' }), 'banking.bad-account'],
  ['a line of another day', () => ({ toOn: march(8) }), 'banking.bad-line'],
  [
    'a fraction of a cent',
    ({ lines }) => ({ lines: lines.map((l) => ({ ...l, amount: decimal('0.001') })) }),
    'banking.bad-line',
  ],
  [
    'a line that came before',
    ({ lines }) => ({ lines: lines.map((l) => ({ ...l, reference: 'R-1' })) }),
    'banking.duplicate-line',
  ],
  [
    'a day without books',
    ({ lines }) => ({
      toOn: localDate('2031-01-01'),
      lines: lines.map((l) => ({ ...l, bookedOn: localDate('2031-01-01') })),
    }),
    'banking.journal-refused',
  ],
])('%s is refused, and nothing is left of it', async (_what, change, code) => {
  const draft = await nextStatement(bench, [{ amount: decimal('5.00') }]);
  const before = await listStatements(bench.database.kysely, {
    ownAccount: bench.euros.id,
    limit: 99,
  });
  const results = await bench.run((tx) =>
    importStatements(tx, context, [{ ...draft, ...change(draft) }]),
  );
  expect(results.map(codeOf as (each: (typeof results)[number]) => string)).toEqual([code]);
  const after = await listStatements(bench.database.kysely, {
    ownAccount: bench.euros.id,
    limit: 99,
  });
  expect(after).toEqual(before);
});

test('what does not explain a line is refused, and stops no other', async () => {
  const item = await owed(bench, 'receivable', { number: 'CI-2026-000051', amount: '10.00' });
  const lines = await told(bench, [{ amount: decimal('15.00') }, { amount: decimal('15.00') }]);
  const items = (amount: string, much: string): MatchPart => ({
    kind: 'items',
    side: 'receivable',
    party: bench.customer,
    amount: decimal(amount),
    items: [{ item, amount: decimal(much) }],
  });
  const fee: MatchPart = { kind: 'account', amount: decimal('15.00') };
  const results = await match(
    one(lines[0], items('14.99', '10.00')),
    one(lines[0], items('15.00', '15.00')),
    one(lines[0], items('15.00', '10.00')),
    one(lines[1], { ...fee, account: '9999' }),
    one(lines[1], { kind: 'booked', entry: 'je_none', line: 1 }),
    one(undefined, fee),
    { ...one(lines[1], fee), on: localDate('2031-01-01') },
  );
  expect(results.map(codeOf)).toEqual([
    'banking.totals-differ',
    'banking.settled',
    'ok',
    'banking.journal-refused',
    'banking.not-booked-here',
    'banking.no-such-line',
    'banking.journal-refused',
  ]);
});

test('our own accounts have an IBAN that checks, and a ledger account that is theirs alone', async () => {
  const draft = {
    code: 'X',
    name: 'X',
    accountNumber: '1',
    currency: 'EUR',
    ledgerAccount: '1401',
    clearingAccount: '1420',
  };
  const results = await bench.run((tx) =>
    createOwnAccounts(tx, context, [
      { ...draft, iban: 'DE12500105170648489891' },
      { ...draft, iban: 'DE12500105170648489890' },
      { ...draft, ledgerAccount: '1400' },
      { ...draft, ledgerAccount: '1420' },
      { ...draft, clearingAccount: '1300' },
      { ...draft, currency: 'EURO' },
      draft,
    ]),
  );
  expect(results.map((each) => (each.ok ? 'ok' : each.problem.code))).toEqual([
    'banking.invalid-iban',
    'banking.bad-account',
    'banking.account-exists',
    'banking.bad-account',
    'banking.bad-account',
    'banking.bad-account',
    'ok',
  ]);
});
