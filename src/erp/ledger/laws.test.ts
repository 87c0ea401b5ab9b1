/** The database refuses what would break the books, whoever writes to it and however. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql, transact } from '#database';
import type { Database } from '#database';
import { closePeriod, openPeriod, softClosePeriod } from './change-period.ts';
import { findPeriod } from './period.ts';
import { postEntries } from './post-entries.ts';
import { reverseEntries } from './reverse-entries.ts';
import { context, openBooks, rent, runIn, valueOf } from './testing.ts';

let database: Database;
const run: ReturnType<typeof runIn> = (work) => runIn(database)(work);

beforeAll(async () => {
  database = await openBooks();
  await run((tx) => postEntries(tx, context, [rent('5.00'), rent('6.00')]));
});
afterAll(() => database.close());

const broken = (constraint: string) => ({ code: '23514', constraint });

test.each([
  ['posted_is_immutable', sql`update erp_ledger.journal_entry set text = 'other'`],
  ['posted_is_immutable', sql`delete from erp_ledger.journal_entry`],
  ['posted_is_immutable', sql`update erp_ledger.journal_line set amount = 1`],
  ['posted_is_immutable', sql`delete from erp_ledger.journal_line`],
  ['posted_is_immutable', sql`truncate erp_ledger.journal_line`],
  ['posted_is_immutable', sql`delete from erp_ledger.period_event`],
  ['sums_are_kept', sql`update erp_ledger.account_balance set debit = 0`],
  ['sums_are_kept', sql`delete from erp_ledger.entry_count`],
  ['referred_to_stays', sql`delete from erp_ledger.account where number = '6200'`],
  ['referred_to_stays', sql`delete from erp_ledger.period`],
  ['posted_is_immutable', sql`update erp_ledger.period set to_on = '2030-01-01'`],
  ['posted_account_stays', sql`update erp_ledger.account set kind = 'asset' where number = '6200'`],
])('%s', async (constraint, statement) => {
  await expect(rows(database.kysely, statement)).rejects.toMatchObject(broken(constraint));
});

/** Writes an entry and lines straight into the tables. */
async function writeRaw(
  entry: Readonly<Record<string, unknown>> & { readonly sequence?: number },
  lines: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  await transact(database, async (tx) => {
    const [count] = await rows<{ next: number }>(
      tx,
      sql`select entries::integer + 1 as next from erp_ledger.entry_count
        where legal_entity = 'DE01' and fiscal_year = 2026`,
    );
    const sequence = entry.sequence ?? count?.next ?? 1;
    const whole = {
      id: 'je_raw',
      legal_entity: 'DE01',
      fiscal_year: 2026,
      period: 3,
      number: `JE-2026-${String(sequence).padStart(6, '0')}`,
      kind: 'manual',
      posted_on: '2026-03-15',
      document_on: '2026-03-15',
      currency: 'EUR',
      company_currency: 'EUR',
      rate: 1,
      rate_on: '2026-03-15',
      text: '',
      source_area: 'ledger',
      source_kind: '',
      source_id: '',
      source_number: '',
      line_count: lines.length,
      created_by: 'ada',
      created_at: '2026-03-15T00:00:00Z',
      ...entry,
      sequence,
    };
    await rows(
      tx,
      sql`insert into erp_ledger.journal_entry
        select * from jsonb_populate_record(null::erp_ledger.journal_entry,
          ${JSON.stringify(whole)}::jsonb)`,
    );
    const own = lines.map((line, at) => ({
      entry_id: 'je_raw',
      number: at + 1,
      legal_entity: 'DE01',
      fiscal_year: whole.fiscal_year,
      period: whole.period,
      posted_on: whole.posted_on,
      currency: 'EUR',
      cost_centre: '',
      company_amount: line['amount'],
      ...line,
    }));
    if (lines.length === 0) return;
    await rows(
      tx,
      sql`insert into erp_ledger.journal_line
        select * from jsonb_populate_recordset(null::erp_ledger.journal_line,
          ${JSON.stringify(own)}::jsonb)`,
    );
  });
}
const good = [
  { account: '6200', amount: '1.00' },
  { account: '1400', amount: '-1.00' },
];

test.each<[string, Parameters<typeof writeRaw>[0], Parameters<typeof writeRaw>[1]]>([
  [
    'entry_balances',
    {},
    [
      { account: '6200', amount: '1.00' },
      { account: '1400', amount: '-2' },
    ],
  ],
  [
    'entry_balances',
    {},
    [
      { account: '6200', amount: '1.00', company_amount: '2' },
      { account: '1400', amount: '-1' },
    ],
  ],
  ['entry_balances', { line_count: 3 }, good],
  ['entry_has_lines', { line_count: 2 }, []],
  ['numbers_without_gap', { sequence: 9 }, good],
  ['entry_in_open_period', { posted_on: '2026-04-15' }, good],
  [
    'entry_in_open_period',
    { period: 12, fiscal_year: 2031, number: 'JE-2031-000001', sequence: 1 },
    good,
  ],
  [
    'control_account_by_documents',
    {},
    [
      { account: '1210', amount: '1.00' },
      { account: '1400', amount: '-1.00' },
    ],
  ],
  [
    'line_on_account',
    {},
    [
      { account: '6666', amount: '1.00' },
      { account: '1400', amount: '-1' },
    ],
  ],
  ['line_follows_entry', {}, good.map((line) => ({ ...line, currency: 'USD' }))],
  ['line_of_entry', {}, good.map((line) => ({ ...line, entry_id: 'je_none' }))],
])('%s: refused also when written straight into the tables', async (constraint, entry, lines) => {
  await expect(writeRaw(entry, lines)).rejects.toMatchObject(broken(constraint));
});

test('what is good goes in, so the refusals above are for their reason', async () => {
  await writeRaw({}, good);
  await expect(
    rows(
      database.kysely,
      sql`insert into erp_ledger.journal_line select 'je_raw', number + 2, legal_entity,
        fiscal_year, period, posted_on, currency, account, amount, company_amount
        from erp_ledger.journal_line where entry_id = 'je_raw'`,
    ),
  ).rejects.toMatchObject(broken('lines_are_numbered')); // A balanced pair more.
  await expect(
    rows(
      database.kysely,
      sql`insert into erp_ledger.journal_line select * from erp_ledger.journal_line
        where entry_id = 'je_raw'`,
    ),
  ).rejects.toMatchObject({ code: '23505' });
  // The series does not know of it: the ledger itself must be able to go on.
  await rows(
    database.kysely,
    sql`update erp_company.number_series set taken = taken + 1 where series = 'JE'`,
  );
});

test('two who reverse the same entry at the same time: one does', async () => {
  const [posted] = await run((tx) => postEntries(tx, context, [rent()]));
  const wish = { id: valueOf(posted).id, on: rent().postedOn };
  const outcomes = await Promise.all(
    Array.from({ length: 4 }, () => run((tx) => reverseEntries(tx, context, [wish]))),
  );
  expect(outcomes.flat().filter(({ ok }) => ok)).toHaveLength(1);
});

test('whoever closes and posts at once: nothing is posted after the close', async () => {
  const own = await openBooks();
  const at = (period: number) => ({ fiscalYear: 2025, period });
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('post', 'close', 'open', 'soft', 'fail'), {
          minLength: 4,
          maxLength: 10,
        }),
        async (commands) => {
          const postedOn = rent().postedOn.replace('2026-03', '2025-01') as never;
          const outcomes = await Promise.all(
            commands.map((command) =>
              runIn(own)(async (tx) => {
                if (command === 'post' || command === 'fail') {
                  const [result] = await postEntries(tx, context, [rent('1.00', { postedOn })]);
                  if (command === 'fail') throw new Error('rolled back');
                  return result?.ok === true ? result.value.id : result?.problem.code;
                }
                const period = await findPeriod(tx, 'DE01', at(1));
                const change = { ...at(1), version: period?.version ?? 0, reason: 'a race' };
                const changed =
                  command === 'open'
                    ? await openPeriod(tx, context, change)
                    : command === 'close'
                      ? await closePeriod(tx, context, change)
                      : await softClosePeriod(tx, context, { ...change, openTo: ['chief'] });
                return changed.ok ? changed.value.status : changed.problem.code;
              }).catch((error: unknown) => String(error)),
            ),
          );
          for (const [each, outcome] of outcomes.entries()) {
            const expected: Record<string, RegExp> = {
              post: /^je_|ledger\.period-(soft-)?closed/,
              fail: /rolled back/,
              close: /^closed$|ledger\.(period-status|moved-on)/,
              open: /^open$|ledger\.(period-status|moved-on)/,
              soft: /^soft-closed$|ledger\.(period-status|moved-on)/,
            };
            expect(outcome).toMatch(expected[commands[each] ?? ''] ?? /never/);
          }
          const [books] = await rows<{ entries: string; last: string; lines: string }>(
            own.kysely,
            sql`select count(*) as entries, coalesce(max(sequence), 0) as last,
              (select count(*) from erp_ledger.journal_line where fiscal_year = 2025) as lines
              from erp_ledger.journal_entry where fiscal_year = 2025`,
          );
          expect(books?.last).toBe(books?.entries); // No gap, whatever was rolled back.
          expect(Number(books?.lines)).toBe(2 * Number(books?.entries));
        },
      ),
      { numRuns: 25 },
    );
  } finally {
    await own.close();
  }
});

test('who posts holds the period: the close waits, and comes after', async () => {
  const order: string[] = [];
  let closed: Promise<void> | undefined;
  await run(async (tx) => {
    await postEntries(tx, context, [rent()]);
    closed = run(async (other) => {
      const period = await findPeriod(other, 'DE01', { fiscalYear: 2026, period: 3 });
      await softClosePeriod(other, context, {
        fiscalYear: 2026,
        period: 3,
        version: period?.version ?? 0,
        reason: 'month end',
        openTo: [],
      });
    }).then(() => void order.push('closed'));
    await rows(tx, sql`select pg_sleep(0.3)`);
    order.push('posted');
  });
  await closed;
  expect(order).toEqual(['posted', 'closed']);
  expect(await run((tx) => postEntries(tx, context, [rent()]))).toMatchObject([
    { problem: { code: 'ledger.period-soft-closed' } },
  ]);
});
