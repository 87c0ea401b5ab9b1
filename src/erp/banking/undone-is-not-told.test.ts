/** Links to statements once outlived their matches: those are taken away, and what a match holds stays. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { linkDocuments } from '#erp/company';
import type { DocumentLink } from '#erp/company';
import { decimal } from '#kernel/decimal';
import {
  bankingMigrations,
  createOwnAccounts,
  findTransfers,
  listOwnAccounts,
  matchLines,
  postTransfers,
  undoMatches,
} from './index.ts';
import type { MatchDraft } from './index.ts';
import { context, march, openBench, owed, told, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.database.close());

const match = async (...drafts: readonly MatchDraft[]): Promise<readonly string[]> =>
  (await bench.run((tx) => matchLines(tx, context, drafts))).map((each) => valueOf(each).id);

/** What statements tell of. */
const links = (): Promise<readonly DocumentLink[]> =>
  rows(
    bench.database.kysely,
    sql`select jsonb_build_object('kind', from_kind, 'id', from_id, 'number', from_number) as "from",
        jsonb_build_object('kind', to_kind, 'id', to_id, 'number', to_number) as "to"
      from erp_company.document_link where to_kind = 'bank-statement' order by from_kind, to_number`,
  );
const kindsTold = async () => (await links()).map(({ from }) => from.kind);

/** Goes through the books of before, as the migration does when it first meets them. */
async function bringUp(): Promise<void> {
  const file = join(bankingMigrations.folder, '0004-undone-is-not-told.sql');
  await rows(bench.database.kysely, sql.raw(await readFile(file, 'utf8')));
}

/** A transfer to savings whose both ends are told, and a customer's payment. */
async function tellOfBoth(): Promise<readonly [MatchDraft, MatchDraft, MatchDraft]> {
  const own = { code: 'EUR2', name: 'Savings', accountNumber: '2', currency: 'EUR' };
  const accounts = { ledgerAccount: '1401', clearingAccount: '1420' };
  await bench.run((tx) => createOwnAccounts(tx, context, [{ ...own, ...accounts }]));
  const found = await listOwnAccounts(bench.database.kysely, 'DE01');
  const savings = found.find(({ code }) => code === 'EUR2') ?? bench.euros;
  const amount = decimal('80.00');
  const wish = { from: bench.euros.id, to: savings.id, on: march(9), amount };
  const [made] = await bench.run((tx) => postTransfers(tx, context, [wish]));
  const { id } = valueOf(made);
  const entry = (await findTransfers(bench.database.kysely, [id])).get(id)?.entry ?? '';
  const item = await owed(bench, 'receivable', { number: 'CI-2026-1', amount: '50.00' });
  const [out, paid] = await told(bench, [
    { amount: decimal('-80.00') },
    { amount: decimal('50.00') },
  ]);
  const [into] = await told(bench, [{ amount }], savings);
  const { customer } = bench;
  const all = { amount: decimal('50.00'), items: [{ item, amount: decimal('50.00') }] };
  return [
    { line: out?.id ?? '', parts: [{ kind: 'booked', entry, line: 1 }] },
    { line: into?.id ?? '', parts: [{ kind: 'booked', entry, line: 2 }] },
    {
      line: paid?.id ?? '',
      parts: [{ kind: 'items', side: 'receivable', party: customer, ...all }],
    },
  ];
}

test('a link whose match was undone before is taken away; where another match stands it stays', async () => {
  const [leaves, arrives, paid] = await tellOfBoth();
  const [left = '', , explained = ''] = await match(leaves, arrives, paid);
  const asBefore = await links();
  expect(asBefore.map(({ from }) => from.kind)).toEqual([
    'bank-payment',
    'bank-transfer',
    'bank-transfer',
  ]);
  const wishes = [left, explained].map((id) => ({ id, on: march(20) }));
  await bench.run((tx) => undoMatches(tx, context, wishes));
  expect(await kindsTold()).toEqual(['bank-transfer']);

  await bench.run((tx) => linkDocuments(tx, asBefore));
  await bringUp();
  expect(await kindsTold()).toEqual(['bank-transfer']);

  await match(leaves);
  await bringUp();
  expect(await kindsTold()).toEqual(['bank-transfer', 'bank-transfer']);
});
