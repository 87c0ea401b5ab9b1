import { afterAll, beforeAll, expect, test } from 'vitest';
import { rows, sql } from '#database';
import { addTaxCodes } from '#erp/company/tax';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { chargeAt, openBench, valueOf } from './testing.ts';
import type { Bench } from './testing.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench();
  const code = {
    direction: 'input',
    percent: decimal('19'),
    validFrom: localDate('2026-01-01'),
  } as const;
  const name = (en: string) => ({ en, de: en });
  await bench.run((tx) =>
    addTaxCodes(tx, 'DE01', [
      {
        ...code,
        code: 'EU-ALL',
        name: name('all'),
        kind: 'intra-community',
        recoverablePercent: decimal('100'),
      },
      {
        ...code,
        code: 'EU-PART',
        name: name('part'),
        kind: 'intra-community',
        recoverablePercent: decimal('40'),
      },
      {
        ...code,
        code: 'DE-PART',
        name: name('own'),
        kind: 'standard',
        recoverablePercent: decimal('40'),
      },
    ]),
  );
});
afterAll(() => bench.database.close());

/** What an invoice of 100.01 of expenses books under a tax code, by what the accounts are called. */
async function bookedUnder(taxCode: string): Promise<Readonly<Record<string, string[]>>> {
  const lines = [
    { kind: 'item', text: 'Rent', account: '6200', net: decimal('100.01'), taxCode },
  ] as const;
  const [posted] = await chargeAt(bench, lines);
  const { id } = valueOf(posted);
  const found = await rows<{ name: string; amount: string }>(
    bench.database.kysely,
    sql`select a.name->>'en' as name, l.company_amount::text as amount
      from erp_ledger.journal_entry e join erp_ledger.journal_line l on l.entry_id = e.id
      join erp_ledger.account a on a.legal_entity = l.legal_entity and a.number = l.account
      where e.source_id = ${id} order by a.number, l.company_amount desc`,
  );
  const byName = Map.groupBy(found, ({ name }) => name);
  return Object.fromEntries(
    [...byName].map(([name, all]) => [name, all.map(({ amount }) => amount)]),
  );
}

test('tax that we assess ourselves is owed whole, and asked back as far as it may be', async () => {
  expect(await bookedUnder('EU-ALL')).toMatchInlineSnapshot(`
    {
      "Input tax": [
        "19.00",
      ],
      "Output tax": [
        "-19.00",
      ],
      "Rent": [
        "100.01",
      ],
      "Trade payables": [
        "-100.01",
      ],
    }
  `);
  expect(await bookedUnder('EU-PART')).toMatchInlineSnapshot(`
    {
      "Input tax": [
        "7.60",
      ],
      "Other expense": [
        "11.40",
      ],
      "Output tax": [
        "-19.00",
      ],
      "Rent": [
        "100.01",
      ],
      "Trade payables": [
        "-100.01",
      ],
    }
  `);
});

test('tax that was charged is cost as far as it is not asked back', async () => {
  expect(await bookedUnder('DE-PART')).toMatchInlineSnapshot(`
    {
      "Input tax": [
        "7.60",
      ],
      "Other expense": [
        "11.40",
      ],
      "Rent": [
        "100.01",
      ],
      "Trade payables": [
        "-119.01",
      ],
    }
  `);
});
