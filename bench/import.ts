// Imports customers and an open item of each, items and stock of each from CSV, through the file adapter's
// reader, as the server does: a dry run and the booking of each.
// `npm run bench -- import [--lines 50000]`
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate, openDatabase, rows, sql, startEmbedded, transact } from '#database';
import { companyMigrations, createLegalEntity } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { setUnits, STANDARD_UNITS } from '#erp/company/setup';
import { importsMigrations } from '#erp/imports';
import { createWarehouses, inventoryMigrations } from '#erp/inventory';
import { itemsMigrations } from '#erp/items';
import { installLedger, ledgerMigrations } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { openItemsMigrations } from '#erp/open-items';
import { partiesMigrations } from '#erp/parties';
import { localDate, systemClock } from '#kernel/time';
import { imports } from '../src/main/imports.ts';
import { serverSeconds } from './server-seconds.ts';

const { values } = parseArgs({ options: { lines: { type: 'string', default: '50000' } } });
const count = Number(values.lines);
const context: ErpContext = { clock: systemClock, by: 'bench', legalEntity: 'RI' };

const numbers = Array.from({ length: count }, (_, at) => 100_000 + at);
const CUSTOMERS = [
  'Kundennummer;Firma;Straße;PLZ;Ort;Land;USt-IdNr;Kreditlimit',
  ...numbers.map(
    (n) =>
      `${n};Kunde ${n} GmbH;Weg ${n % 300};${10_000 + (n % 80_000)};Ort ${n % 900};DE;DE${n}000;${n},50`,
  ),
].join('\n');
const RECEIVABLES = [
  'Kunde;Rechnung;Datum;Fällig am;Betrag',
  ...numbers.map((n) => `${n};R-${n};05.12.2025;04.01.2026;${n % 9_000},17`),
].join('\n');
const ITEMS = [
  'Artikelnummer;Bezeichnung;Art;Einheit;Warengruppe',
  ...numbers.map((n) => `A-${n};Schraube ${n};Rohstoff;Stk;raw`),
].join('\n');
const STOCK = [
  'Artikel;Lager;Menge;Einheit;Wert',
  ...numbers.map((n) => `A-${n};MAIN;${1 + (n % 70)};Stk;${n % 9_000},40`),
].join('\n');

const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-import-'));
const server = await startEmbedded({ folder: join(folder, 'postgres') });
const load = loadavg()[0]?.toFixed(1) ?? '';
try {
  const database = await openDatabase({ url: server.url, poolSizeMax: 1 });
  await migrate(database, [
    companyMigrations,
    ledgerMigrations,
    itemsMigrations,
    partiesMigrations,
    inventoryMigrations,
    openItemsMigrations,
    importsMigrations,
  ]);
  await transact(database, async (tx) => {
    const entity = { code: 'RI', name: 'Rialto', country: 'DE', currency: 'EUR' };
    await createLegalEntity(tx, context, { ...entity, timeZone: 'Europe/Berlin' });
    await installLedger(tx, context);
    await createFiscalYear(tx, context, 2026);
    await setUnits(tx, STANDARD_UNITS);
    await createWarehouses(tx, context, [{ code: 'MAIN', name: 'Main', kind: 'store' }]);
  });
  const own = imports({ database, clock: systemClock });
  const table = [];
  for (const [kind, text, mode] of [
    ['customers', CUSTOMERS, 'dry-run'],
    ['customers', CUSTOMERS, 'all-or-nothing'],
    ['customers', CUSTOMERS, 'all-or-nothing'],
    ['receivables', RECEIVABLES, 'dry-run'],
    ['receivables', RECEIVABLES, 'all-or-nothing'],
    ['receivables', RECEIVABLES, 'all-or-nothing'],
    ['items', ITEMS, 'all-or-nothing'],
    ['stock', STOCK, 'dry-run'],
    ['stock', STOCK, 'all-or-nothing'],
    ['stock', STOCK, 'all-or-nothing'],
  ] as const) {
    await rows(database.kysely, sql`analyze`); // As it comes within a minute: after a dry run all looks empty.
    const theirs = await serverSeconds(database);
    const [began, spent] = [performance.now(), process.cpuUsage()];
    own.begin(context, {
      kind,
      mode,
      fileName: `${kind}.csv`,
      content: Buffer.from(text).toString('base64'),
      openingOn: localDate('2026-01-01'),
    });
    let rssMax = 0;
    let work = await own.last('RI');
    while (work?.status === 'running') {
      rssMax = Math.max(rssMax, process.memoryUsage().rss);
      await sleep(50);
      work = await own.last('RI');
    }
    const { user, system } = process.cpuUsage(spent);
    table.push({
      file: `${kind}, ${(text.length / 1e6).toFixed(1)} MB`,
      mode,
      outcome: `${work?.result?.created} new, ${work?.result?.unchanged} same, ${work?.result?.refused} refused`,
      seconds: ((performance.now() - began) / 1_000).toFixed(1),
      'CPU s of Node': ((user + system) / 1e6).toFixed(1),
      'of PostgreSQL': ((await serverSeconds(database)) - theirs).toFixed(1),
      'RSS MB': Math.round(rssMax / 1e6),
    });
  }
  console.table(table);
  console.log(`load before ${load}, after ${loadavg()[0]?.toFixed(1)}`);
  await database.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
