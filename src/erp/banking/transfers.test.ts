/** Money between our own accounts: posted once, found on both statements, taken back while no bank has told of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { documentFlow } from '#erp/company';
import { listAccounts, setDetermination, updateAccount } from '#erp/ledger';
import { findEntries, trialBalance } from '#erp/ledger/reports';
import { describeError } from '#kernel';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import {
  bookedOpen,
  createOwnAccounts,
  findTransfers,
  listOwnAccounts,
  listTransfers,
  matchLines,
  postTransfers,
  proposeMatches,
  reconcile,
  reverseTransfers,
  undoMatches,
} from './index.ts';
import type { OwnAccount, Transfer, TransferDraft } from './index.ts';
import { context, march, openBench, told, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

const SAVINGS_IBAN = 'AT611904300234573201';
let bench: Bench;
let savings: OwnAccount; // In euros, too; both share their clearing account.
beforeAll(async () => {
  bench = await openBench();
  const draft = { code: 'EUR2', name: 'Savings', iban: SAVINGS_IBAN, currency: 'EUR' };
  const accounts = { ledgerAccount: '1401', clearingAccount: '1420' };
  await bench.run((tx) => createOwnAccounts(tx, context, [{ ...draft, ...accounts }]));
  const own = await listOwnAccounts(bench.database.kysely, 'DE01');
  savings = own.find(({ code }) => code === 'EUR2') ?? bench.euros;
});
afterAll(() => bench.database.close());

const draft = (more: Partial<TransferDraft> = {}): TransferDraft => ({
  from: bench.euros.id,
  to: savings.id,
  on: march(9),
  amount: decimal('250.00'),
  ...more,
});
const post = (...drafts: readonly TransferDraft[]) =>
  bench.run((tx) => postTransfers(tx, context, drafts));
const reverse = (...ids: readonly string[]) =>
  bench.run((tx) =>
    reverseTransfers(
      tx,
      context,
      ids.map((id) => ({ id, on: march(20), reason: 'typed twice' })),
    ),
  );
const codesOf = (
  results: readonly { readonly ok: boolean; readonly problem?: { readonly code: string } }[],
) => results.map(({ ok, problem }) => (ok ? 'ok' : problem?.code));
const posted = async (...drafts: readonly TransferDraft[]): Promise<readonly Transfer[]> => {
  const ids = (await post(...drafts)).map((each) => valueOf(each).id);
  const found = await findTransfers(bench.database.kysely, ids);
  return ids.flatMap((id) => found.get(id) ?? []);
};
const linesOf = async (entry: string | undefined) =>
  (await findEntries(bench.database.kysely, [entry ?? ''])).get(entry ?? '')?.lines ?? [];
const balances = async () => {
  const { rows: found } = await bench.run((tx) =>
    trialBalance(tx, { legalEntity: 'DE01', to: localDate('2026-12-31') }),
  );
  return Object.fromEntries(found.map(({ account, closing }) => [account, closing]));
};

test('in one currency it is one entry, out of the one clearing account and into the other', async () => {
  const [first, second] = await posted(draft(), draft({ text: 'for the taxes' }));
  expect([first?.number, second?.number]).toEqual(['BT-2026-000001', 'BT-2026-000002']);
  expect(first).toMatchObject({
    status: 'in-transit',
    fromCode: 'EUR1',
    toCode: 'EUR2',
    amount: '250.00',
    arrivingAmount: '250.00',
    exchangeDifference: '0',
  });
  expect(first?.arrivingEntry).toBe(first?.entry);
  expect(await linesOf(first?.entry)).toMatchObject([
    { account: '1420', amount: '-250.00' },
    { account: '1420', amount: '250.00' },
  ]);
  expect(await bookedOpen(bench.database.kysely, bench.euros)).toHaveLength(4);
  expect(codesOf(await reverse(first?.id ?? '', second?.id ?? ''))).toEqual(['ok', 'ok']);
  expect(await bookedOpen(bench.database.kysely, bench.euros)).toEqual([]);
});

test('between currencies nothing stays in between, and what the rates made is gained or lost', async () => {
  const [lost, gained] = await posted(
    draft({ to: bench.dollars.id, amount: decimal('100.00'), arriving: decimal('119.00') }),
    draft({
      from: bench.dollars.id,
      to: bench.euros.id,
      amount: decimal('125.00'),
      arriving: decimal('101.00'),
    }),
  );
  expect(lost).toMatchObject({ companyAmount: '100.00', exchangeDifference: '-4.80' });
  expect(await linesOf(lost?.entry)).toMatchObject([
    { account: '1420', amount: '-100.00', companyAmount: '-100.00' },
    { account: '1421', amount: '100.00', companyAmount: '100.00' },
  ]);
  expect(await linesOf(lost?.arrivingEntry)).toMatchObject([
    { account: '1422', amount: '119.00', companyAmount: '95.20' },
    { account: '1421', amount: '-119.00', companyAmount: '-100.00' },
    { account: '6330', companyAmount: '4.80' },
  ]);
  expect(gained).toMatchObject({ companyAmount: '100.00', exchangeDifference: '1.00' });
  expect(await balances()).toMatchObject({ 1421: '0.00', 4310: '-1.00', 6330: '4.80' });
  expect(codesOf(await reverse(lost?.id ?? '', gained?.id ?? ''))).toEqual(['ok', 'ok']);
  expect(await balances()).toMatchObject({
    1420: '0.00',
    1421: '0.00',
    1422: '0.00',
    4310: '0.00',
  });
});

test('it is found on both statements, explained by both, and stays while they do', async () => {
  const [transfer] = await posted(draft({ amount: decimal('80.00') }));
  const [out] = await told(bench, [
    {
      amount: decimal('-80.00'),
      counterpartyIban: SAVINGS_IBAN,
      remittance: transfer?.number ?? '',
    },
  ]);
  const [into] = await told(
    bench,
    [{ amount: decimal('80.00'), counterpartyIban: bench.euros.iban ?? '' }],
    { ...savings, code: 'EUR2' },
  );
  const kysely = bench.database.kysely;
  const left = await proposeMatches(kysely, bench.euros, { limit: 9 });
  const reached = await proposeMatches(kysely, savings, { limit: 9 });
  expect(left).toMatchObject([
    {
      line: out?.id,
      isExact: true,
      reasons: ['amount', 'document-number', 'bank-account', 'near-in-time'],
      parts: [{ kind: 'booked', entry: transfer?.entry, line: 1 }],
    },
  ]);
  expect(reached).toMatchObject([
    { line: into?.id, score: 55, parts: [{ kind: 'booked', entry: transfer?.entry, line: 2 }] },
  ]);
  const wrongEnd = { line: into?.id ?? '', parts: left[0]?.parts ?? [] };
  const results = await bench.run((tx) =>
    matchLines(tx, context, [
      wrongEnd,
      ...[...left, ...reached].map(({ line, parts }) => ({ line, parts })),
    ]),
  );
  expect(codesOf(results)).toEqual(['banking.not-booked-here', 'ok', 'ok']);
  const find = async () =>
    (await findTransfers(kysely, [transfer?.id ?? ''])).get(transfer?.id ?? '');
  expect(await find()).toMatchObject({
    status: 'arrived',
    leftLine: out?.id,
    arrivedLine: into?.id,
  });
  expect(codesOf(await reverse(transfer?.id ?? ''))).toEqual(['banking.already-matched']);
  for (const account of [bench.euros, savings]) {
    expect(await reconcile(kysely, account, march(31))).toMatchObject({
      difference: '0.00',
      clearing: { balance: '0.00', unexplained: '0.00' },
    });
  }
  const flow = await documentFlow(kysely, 'bank-transfer', transfer?.id ?? '');
  expect(flow.map(({ to }) => to.kind).toSorted()).toEqual([
    'bank-statement',
    'bank-statement',
    'journal-entry', // Its own, and those of both statements.
    'journal-entry',
    'journal-entry',
  ]);
  const wishes = results.flatMap((each) => (each.ok ? [{ id: each.value.id, on: march(20) }] : []));
  const toldBy = async () =>
    (await documentFlow(kysely, 'bank-transfer', transfer?.id ?? '')).flatMap(({ to }) =>
      to.kind === 'bank-statement' ? [to.id] : [],
    );
  await bench.run((tx) => undoMatches(tx, context, wishes.slice(0, 1)));
  expect(await toldBy()).toEqual([into?.statement]);
  await bench.run((tx) => undoMatches(tx, context, wishes.slice(1)));
  expect(await toldBy()).toEqual([]);
  expect(codesOf(await reverse(transfer?.id ?? '', transfer?.id ?? ''))).toEqual([
    'ok',
    'banking.already-reversed',
  ]);
  expect(await find()).toMatchObject({
    status: 'reversed',
    reversedOn: march(20),
    reason: 'typed twice',
  });
  expect(codesOf(await reverse(transfer?.id ?? '', 'bt_none'))).toEqual([
    'banking.already-reversed',
    'banking.no-such-transfer',
  ]);
});

test.each<[string, () => Partial<TransferDraft>, string]>([
  ['to the same account', () => ({ to: bench.euros.id }), 'banking.same-account'],
  ['from an account that is not there', () => ({ from: 'ba_none' }), 'banking.no-such-account'],
  ['of nothing', () => ({ amount: decimal('0') }), 'banking.bad-amount'],
  ['of less than nothing', () => ({ amount: decimal('-1.00') }), 'banking.bad-amount'],
  ['of a fraction of a cent', () => ({ amount: decimal('0.001') }), 'banking.bad-amount'],
  ['that arrives as more', () => ({ arriving: decimal('251.00') }), 'banking.bad-amount'],
  [
    'into dollars of which nobody says how many',
    () => ({ to: bench.dollars.id }),
    'banking.bad-amount',
  ],
  ['on a day without books', () => ({ on: localDate('2031-01-01') }), 'banking.journal-refused'],
  [
    'on a day without a rate',
    () => ({ to: bench.dollars.id, arriving: decimal('1.00'), on: localDate('2026-01-01') }),
    'banking.no-rate',
  ],
])('one %s is refused, stops no other and takes no number', async (_what, change, code) => {
  const [before] = await posted(draft());
  const results = await post(draft(change()), draft());
  expect(codesOf(results)).toEqual([code, 'ok']);
  const [, good] = results;
  const next = Number(before?.number.slice(-6)) + 1;
  expect(Number(good?.ok === true ? good.value.number.slice(-6) : 0)).toBe(next);
});

test('accounts that are blocked or of another legal entity take no transfer', async () => {
  const elsewhere = { ...context, legalEntity: 'DE02' };
  const { kysely } = bench.database;
  const [ours] = await posted(draft());
  const foreign = await bench
    .run((tx) =>
      reverseTransfers(tx, elsewhere, [{ id: ours?.id ?? '', on: march(20), reason: 'not ours' }]),
    )
    .catch(describeError);
  expect(Array.isArray(foreign) ? codesOf(foreign) : foreign).toEqual(['banking.no-such-transfer']);
  const block = async (blocked: boolean) => {
    const account = (await listAccounts(kysely, 'DE01')).find(({ number }) => number === '1401');
    const version = account?.version ?? 0;
    await bench.run((tx) => updateAccount(tx, context, { number: '1401', version, blocked }));
  };
  await block(true);
  expect(codesOf(await post(draft()))).toEqual(['banking.account-blocked']);
  await block(false);
  expect(codesOf(await post(draft()))).toEqual(['ok']);
});

test('what is between currencies never stands where payments wait for the bank', async () => {
  const lead = (account: string) =>
    bench.run((tx) => setDetermination(tx, context, [{ key: 'own-transfer', account }]));
  const dollars = draft({ to: bench.dollars.id, arriving: decimal('300.00') });
  await lead('1420');
  expect(codesOf(await post(dollars, draft()))).toEqual(['banking.bad-account', 'ok']);
  await lead('1421');
  expect(codesOf(await post(dollars))).toEqual(['ok']);
});

test('they are listed as asked for', async () => {
  const list = (filter: Partial<Parameters<typeof listTransfers>[1]>) =>
    listTransfers(bench.database.kysely, { legalEntity: 'DE01', limit: 200, ...filter });
  const every = await list({ sort: 'number' });
  expect(every.map(({ number }) => number)).toEqual(
    every.map((_, at) => `BT-2026-${String(at + 1).padStart(6, '0')}`),
  );
  const third = await list({ sort: 'number', after: every[1]?.id ?? '', limit: 1 });
  expect(third.map(({ number }) => number)).toEqual(['BT-2026-000003']);
  const toDollars = await list({ account: bench.dollars.id });
  expect(new Set(toDollars.map(({ toCode }) => toCode))).toEqual(new Set(['USD1', 'EUR1']));
  const taken = await list({ status: 'reversed' });
  expect(taken.map(({ number }) => number).toSorted()).toEqual(
    [1, 2, 3, 4, 5].map((at) => `BT-2026-00000${at}`),
  );
  expect(await list({ from: march(10) })).toEqual([]);
  expect(await list({ number: 'BT-2026-000001' })).toHaveLength(1);
  expect(await listTransfers(bench.database.kysely, { legalEntity: 'DE02', limit: 9 })).toEqual([]);
});

test('two take one back, or one takes back what another explains: one of them does', async () => {
  const { kysely } = bench.database;
  const [transfer] = await posted(draft({ amount: decimal('33.00') }));
  const [line] = await told(bench, [{ amount: decimal('-33.00') }]);
  const part = { kind: 'booked' as const, entry: transfer?.entry ?? '', line: 1 };
  const matched = bench.run((tx) =>
    matchLines(tx, context, [{ line: line?.id ?? '', parts: [part] }]),
  );
  const results = await Promise.all([matched, ...[1, 2, 3].map(() => reverse(transfer?.id ?? ''))]);
  expect(results.flat().filter(({ ok }) => ok)).toHaveLength(1);
  const { clearing } = await reconcile(kysely, bench.euros, march(31));
  expect(clearing.unexplained).toBe('0.00');
});

test('PostgreSQL keeps what is posted, and lets nobody take back what the bank tells of', async () => {
  const [transfer] = await posted(draft({ amount: decimal('44.00') }));
  const [line] = await told(bench, [{ amount: decimal('-44.00') }]);
  const part = { kind: 'booked' as const, entry: transfer?.entry ?? '', line: 1 };
  const [matched] = await bench.run((tx) =>
    matchLines(tx, context, [{ line: line?.id ?? '', parts: [part] }]),
  );
  valueOf(matched);
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  for (const statement of [
    'update erp_banking.transfer set amount = 1',
    'delete from erp_banking.transfer',
    'delete from erp_banking.transfer_reversal',
  ]) {
    expect(await refusal(statement)).toContain('never changed, only taken back');
  }
  const reversal = `insert into erp_banking.transfer_reversal
    values ('${transfer?.id}', '2026-03-20', 'x', 'eve', now())`;
  expect(await refusal(reversal)).toContain('a statement line is matched to it');
  const copy = (change: object) => `insert into erp_banking.transfer
    select (jsonb_populate_record(x, '${JSON.stringify(change)}'::jsonb)).*
    from erp_banking.transfer x where id = '${transfer?.id}'`;
  const fresh = { id: 'bt', number: 'n', entry_id: 'e', arriving_entry_id: 'e' };
  expect(await refusal(copy({ ...fresh, to_account_id: bench.dollars.id }))).toContain(
    'accounts of one legal entity',
  );
  expect(await refusal(copy({ ...fresh, to_account_id: bench.euros.id }))).toContain('check');
  expect(await refusal(copy({ ...fresh, arriving_amount: 1 }))).toContain('check');
  expect(await refusal(copy({ ...fresh, number: transfer?.number }))).toContain('unique');
});
