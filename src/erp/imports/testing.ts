/** A company that begins to keep its books here, and files as text. */
import { createHash } from 'node:crypto';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { bankingMigrations } from '#erp/banking';
import { companyMigrations, setExchangeRates } from '#erp/company';
import type { Result } from '#erp/company';
import { setUnits, STANDARD_UNITS } from '#erp/company/setup';
import { createWarehouses, inventoryMigrations } from '#erp/inventory';
import { itemsMigrations } from '#erp/items';
import { ledgerMigrations } from '#erp/ledger';
import { context, foundCompany } from '#erp/ledger/testing';
import { openItemsMigrations } from '#erp/open-items';
import { partiesMigrations } from '#erp/parties';
import { productionMigrations } from '#erp/production';
import { projectsMigrations } from '#erp/projects';
import { purchasingMigrations } from '#erp/purchasing';
import { salesMigrations } from '#erp/sales';
import { subscriptionsMigrations } from '#erp/subscriptions';
import { assert } from '#kernel';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { importLines } from './keep-import.ts';
import { importsMigrations } from './migrations.ts';
import type { ImportLine, ImportReport } from './report.ts';
import { runImport } from './run-import.ts';
import type { ImportWish } from './run-import.ts';
import type { Table } from './table.ts';
import { takeBackImport, tryTakeBack } from './take-back.ts';

export { context };
export const OPENING = localDate('2026-01-01');

/** A database with one company in Germany, a warehouse and a rate. */
export async function openBench(): Promise<Database> {
  const database = await testDatabase([
    companyMigrations,
    ledgerMigrations,
    partiesMigrations,
    itemsMigrations,
    inventoryMigrations,
    openItemsMigrations,
    purchasingMigrations,
    salesMigrations,
    bankingMigrations,
    productionMigrations,
    projectsMigrations,
    subscriptionsMigrations,
    importsMigrations,
  ]);
  await transact(database, async (tx) => {
    await foundCompany(tx);
    await setUnits(tx, STANDARD_UNITS);
    const rate = { from: 'EUR', to: 'USD', rate: decimal('1.25') } as const;
    await setExchangeRates(tx, [{ ...rate, type: 'spot', validOn: OPENING }]);
    await createWarehouses(tx, context, [{ code: 'MAIN', name: 'Main', kind: 'store' }]);
  });
  return database;
}

/** Lines of cells that stand apart by semicolons, under the headings in the first. */
export function tableOf(text: string, format: Table['format'] = 'csv'): Table {
  const [first = '', ...rest] = text.trim().split('\n');
  const headings = first.split(';').map((heading) => heading.trim());
  const lines = rest.map((row, at) => {
    const cells = row.split(';').map((cell) => cell.trim());
    const values = Object.fromEntries(headings.map((name, nth) => [name, cells[nth] ?? null]));
    return { line: at + 2, values };
  });
  return { format, headings, lines: () => batches(lines) };
}

async function* batches<Line>(lines: readonly Line[]): AsyncGenerator<{ lines: readonly Line[] }> {
  for (let at = 0; at < lines.length; at += 2000) {
    yield await Promise.resolve({ lines: lines.slice(at, at + 2000) });
  }
}

/** What came of a file, with its lines. */
export type Brought = { readonly report: ImportReport; readonly lines: readonly ImportLine[] };

/** Brings a file. */
export async function bring(
  database: Database,
  kind: ImportWish['kind'],
  text: string,
  more: Partial<ImportWish> = {},
): Promise<Brought> {
  const digest = createHash('sha256').update(text).digest('hex');
  const file = { name: `${kind}.csv`, digest, bytes: text.length };
  const wish = { kind, mode: 'all-or-nothing', table: tableOf(text), file, openingOn: OPENING };
  const watching = { signal: new AbortController().signal, tell: () => undefined };
  const report = await transact(database, (tx) =>
    runImport(tx, context, { ...wish, mode: 'all-or-nothing', ...more }, watching),
  );
  const lines = await importLines(database.kysely, { id: report.id, limit: 100_000 });
  return { report, lines };
}

/** Books a file whole, and answers the import's id. */
export async function bookWhole(
  database: Database,
  kind: ImportWish['kind'],
  text: string,
): Promise<string> {
  const { report, lines } = await bring(database, kind, text);
  const wrong = lines.filter(({ code }) => code !== undefined);
  assert(report.status === 'booked' && wrong.length === 0, `${kind} are right: ${text}`);
  return report.id;
}

export const REASON = 'from the wrong file';

/** Takes an import back, on the opening day unless told. */
export const takeBackOn = (
  database: Database,
  id: string,
  on = OPENING,
): ReturnType<typeof takeBackImport> =>
  transact(database, (tx) => takeBackImport(tx, context, { id, on, reason: REASON }));

/** Says what taking it back would do. */
export const tryOn = (
  database: Database,
  id: string,
  on = OPENING,
): ReturnType<typeof tryTakeBack> =>
  transact(database, (tx) => tryTakeBack(tx, context, { id, on }));

/** What was answered, which is no refusal. */
export const valueOf = <T>(result: Result<T>): T => {
  assert(result.ok, 'it was not refused');
  return result.value;
};

/** Why it was refused. */
export const codeOf = (result: Result<unknown>): string =>
  result.ok ? 'done' : result.problem.code;
