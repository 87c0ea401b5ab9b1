/** What holds of statements and matches whoever writes, in whatever order, and however many at once. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { findOpenItems, listOpenItems } from '#erp/open-items';
import { controlBalance } from '#erp/open-items/testing';
import { describeError } from '#kernel';
import { addDecimals, compareDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import {
  bookedOpen,
  createOwnAccounts,
  importStatements,
  listStatementLines,
  matchLines,
  postTransfers,
  proposeMatches,
  reconcile,
  reverseTransfers,
  undoMatches,
} from './index.ts';
import type { MatchDraft } from './index.ts';
import {
  context,
  march,
  nextStatement,
  openBench,
  owed,
  payAhead,
  told,
  valueOf,
} from './testing.ts';
import type { Bench } from './testing.ts';

const RUNS = Number(process.env['RIALTO_BANKING_RUNS'] ?? 12);
const TIMEOUT_MS = 240_000; // On a machine that has much else to do.

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const match = (...drafts: readonly MatchDraft[]) =>
  bench.run((tx) => matchLines(tx, context, drafts));
const good = (results: readonly { readonly ok: boolean }[]) =>
  results.filter(({ ok }) => ok).length;
const EIGHT = Array.from({ length: 8 }, (_, at) => at);

/** The books and the bank agree, clearing is explained, control accounts are what is open. */
async function allIsEven(): Promise<void> {
  const { database } = bench;
  for (const account of [bench.euros]) {
    const { difference, clearing } = await reconcile(database.kysely, account, march(31));
    expect([Number(difference), Number(clearing.unexplained)]).toEqual([0, 0]);
  }
  for (const side of ['receivable', 'payable'] as const) {
    const items = await listOpenItems(database.kysely, { side, limit: 9999 });
    const open = sumDecimals(
      items.map(({ effect, companyAmount, companyCleared }) => {
        const left = addDecimals(companyAmount, negateDecimal(companyCleared));
        const raises = (effect === 'raises') === (side === 'receivable');
        return raises ? left : negateDecimal(left);
      }),
    );
    const control = await bench.run((tx) => controlBalance(tx, side));
    expect(compareDecimals(open, control)).toBe(0);
  }
}

test('eight people import the same statement: it is there once', async () => {
  const draft = await nextStatement(bench, [{ amount: decimal('7.00'), reference: 'once' }]);
  const results = await Promise.all(
    EIGHT.map(() => bench.run((tx) => importStatements(tx, context, [draft]))),
  );
  expect(good(results.flat())).toBe(1);
  const other = await nextStatement(bench, [{ amount: decimal('7.00') }]);
  const racing = await Promise.all(
    EIGHT.map((at) =>
      bench.run((tx) => importStatements(tx, context, [{ ...other, reference: `race ${at}` }])),
    ),
  );
  expect(good(racing.flat())).toBe(1);
  await allIsEven();
});

test('eight people explain the same line, or by the same payment: one of them does', async () => {
  const item = await owed(bench, 'payable', { number: 'SI-2026-000081', amount: '60.00' });
  const paid = await payAhead(bench, {
    amount: decimal('20.00'),
    parts: [{ item, amount: decimal('20.00') }],
  });
  const lines = await told(
    bench,
    EIGHT.map(() => ({ amount: decimal('-20.00') })),
  );
  const [booked] = await bookedOpen(bench.database.kysely, bench.euros);
  expect(booked?.entryId).toBe(paid.entry);
  const part = { kind: 'booked' as const, entry: paid.entry, line: booked?.line ?? 0 };
  const ticking = await Promise.allSettled(
    lines.map(({ id }) => match({ line: id, parts: [part] })),
  );
  const ticked = ticking.map((each) => each.status === 'fulfilled' && good(each.value) === 1);
  expect(ticked.filter(Boolean)).toHaveLength(1);
  const [free] = await listStatementLines(bench.database.kysely, {
    ids: lines.map(({ id }) => id),
    isMatched: false,
    limit: 1,
  });
  const fee = { kind: 'account' as const, amount: decimal('-20.00') };
  const same = await Promise.all(EIGHT.map(() => match({ line: free?.id ?? '', parts: [fee] })));
  expect(good(same.flat())).toBe(1);
  await allIsEven();
});

test('eight lines pay an item that is open for three: three do', async () => {
  const item = await owed(bench, 'payable', { number: 'SI-2026-000082', amount: '60.00' });
  const lines = await told(
    bench,
    EIGHT.map(() => ({ amount: decimal('-20.00') })),
  );
  const results = await Promise.all(
    lines.map(({ id }) =>
      match({
        line: id,
        parts: [
          {
            kind: 'items',
            side: 'payable',
            party: bench.supplier,
            amount: decimal('-20.00'),
            items: [{ item, amount: decimal('20.00') }],
          },
        ],
      }),
    ),
  );
  expect(good(results.flat())).toBe(3);
  const cleared = (await findOpenItems(bench.database.kysely, [item])).get(item)?.cleared;
  expect(cleared).toBe('60.00');
  await allIsEven();
});

test('PostgreSQL refuses to rewrite what the bank said, and statements that do not add up', async () => {
  const [line] = await told(bench, [{ amount: decimal('3.00') }]);
  const [matched] = await match({
    line: line?.id ?? '',
    parts: [{ kind: 'account', account: '4300', amount: decimal('3.00') }],
  });
  const { id } = valueOf(matched);
  const refusal = (statement: string) =>
    bench.run((tx) => rows(tx, sql.raw(statement))).then(() => 'done', describeError);
  const stays = [
    'update erp_banking.statement set closing = 0',
    'delete from erp_banking.statement_line',
    'update erp_banking.statement_line set amount = 1',
    'update erp_banking.match set matched_on = now()',
    'delete from erp_banking.match_part',
    "update erp_banking.own_account set ledger_account = '1401'",
  ];
  for (const statement of stays) expect(await refusal(statement)).toContain('stays as it is');
  expect(await refusal('update erp_banking.match_part set is_undone = true')).toContain('alone');
  const copy = (table: string, of: string, change: string) =>
    `insert into erp_banking.${table} select (jsonb_populate_record(x, '${change}'::jsonb)).*
      from erp_banking.${table} x where ${of}`;
  const statement = `id = '${line?.statement}'`;
  const row = (change: object) => copy('statement', statement, JSON.stringify(change));
  expect(await refusal(row({ id: 's', sequence: 9001, reference: 'r' }))).toContain('make not');
  const even = { id: 's', sequence: 9001, reference: 'r', opening: 5, closing: 5 };
  expect(await refusal(row(even))).toContain('go on where');
  expect(
    await refusal(copy('statement_line', `id = '${line?.id}'`, '{"id": "l", "number": 99}')),
  ).toContain('from opening to closing');
  expect(await refusal(copy('match', `id = '${id}'`, '{"id": "m"}'))).toContain(
    'line_is_matched_once',
  );
  expect(
    await refusal(copy('match_part', `match_id = '${id}'`, '{"number": 2, "amount": 1}')),
  ).toContain('no more and no less');
  valueOf((await bench.run((tx) => undoMatches(tx, context, [{ id, on: march(20) }])))[0]);
  const again = "update erp_banking.match set undone_by = 'eve' where undone_on is not null";
  expect(await refusal(again)).toContain('it has been undone');
});

test(
  'whatever comes, is paid, explained and taken back, bank and books agree',
  async () => {
    const cents = fc
      .integer({ min: 100, max: 9999 })
      .map((each) => decimal((each / 100).toFixed(2)));
    const deed = fc.record({
      kind: fc.constantFrom('owe', 'pay-ahead', 'transfer', 'told', 'exact', 'fee', 'undo'),
      amount: cents,
      isIn: fc.boolean(),
    });
    const saved = { code: 'EUR2', name: 'Savings', accountNumber: '2', currency: 'EUR' };
    const shared = { ledgerAccount: '1401', clearingAccount: '1420' };
    const [opened] = await bench.run((tx) =>
      createOwnAccounts(tx, context, [{ ...saved, ...shared }]),
    );
    const ends = [bench.euros.id, valueOf(opened).id] as const;
    let number = 0;
    let refused = 0;
    const matched: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 2, maxLength: 8 }), async (deeds) => {
        const waiting: {
          readonly text: string;
          readonly amount: (typeof deeds)[number]['amount'];
        }[] = [];
        for (const { kind, amount, isIn } of deeds) {
          number += 1;
          const name = `${isIn ? 'CI' : 'SI'}-2026-${String(90_000 + number)}`;
          if (kind === 'owe') {
            await owed(bench, isIn ? 'receivable' : 'payable', { number: name, amount });
            waiting.push({ text: name, amount: isIn ? amount : negateDecimal(amount) });
          }
          if (kind === 'pay-ahead') {
            const paid = await payAhead(bench, { amount, parts: [] });
            waiting.push({ text: paid.number, amount: negateDecimal(amount) });
          }
          if (kind === 'transfer') {
            const [from, to] = isIn ? [ends[1], ends[0]] : ends;
            const wish = { from, to, on: march(8), amount };
            const [kept, mistaken] = (
              await bench.run((tx) => postTransfers(tx, context, [wish, wish]))
            ).map(valueOf);
            const back = { id: mistaken?.id ?? '', on: march(9), reason: 'typed twice' };
            refused += 1 - good(await bench.run((tx) => reverseTransfers(tx, context, [back])));
            waiting.push({
              text: kept?.number ?? '',
              amount: isIn ? amount : negateDecimal(amount),
            });
          }
          if (kind === 'told') {
            const known = waiting.splice(0).map((each) => {
              return { amount: each.amount, remittance: each.text };
            });
            await told(bench, [...known, { amount: isIn ? amount : negateDecimal(amount) }]);
          }
          if (kind === 'exact' || kind === 'fee') {
            const proposals = await proposeMatches(bench.database.kysely, bench.euros, {
              limit: 50,
            });
            const exact = proposals.filter(({ isExact }) => isExact);
            const [line] = await listStatementLines(bench.database.kysely, {
              ownAccount: bench.euros.id,
              isMatched: false,
              limit: 1,
            });
            const fee = { kind: 'account' as const, amount: line?.amount ?? amount };
            const drafts =
              kind === 'exact'
                ? exact.map(({ line: id, parts }) => ({ line: id, parts }))
                : [{ line: line?.id ?? '', parts: [fee] }];
            const results = await match(...drafts);
            if (kind === 'exact') refused += exact.length - good(results);
            matched.push(...results.flatMap((each) => (each.ok ? [each.value.id] : [])));
          }
          if (kind === 'undo') {
            const wishes = matched.splice(0, 2).map((id) => ({ id, on: march(25) }));
            const results = await bench.run((tx) => undoMatches(tx, context, wishes));
            refused += wishes.length - good(results);
          }
        }
        expect(refused).toBe(0);
        await allIsEven();
      }),
      { numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);
