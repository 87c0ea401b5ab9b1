// Posts journal entries in batches, as documents do: four lines each, a source, two currencies' worth
// of balance kept, through one connection.
// `npm run bench -- ledger [--entries 20000] [--batch 500]`
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, startEmbedded, transact } from '#database';
import { companyMigrations, createLegalEntity } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { installLedger, ledgerMigrations, postEntries } from '#erp/ledger';
import type { EntryDraft } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { decimal } from '#kernel/decimal';
import { addDays, localDate, systemClock } from '#kernel/time';
import { serverSeconds } from './server-seconds.ts';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '20000' },
    batch: { type: 'string', default: '500' },
  },
});
const context: ErpContext = { clock: systemClock, by: 'bench', legalEntity: 'RI' };
const FIRST = localDate('2025-01-01');

/** A supplier's invoice: expense, goods received, tax, what is owed. */
function draftAt(at: number): EntryDraft {
  const postedOn = addDays(FIRST, at % 360);
  return {
    legalEntity: 'RI',
    kind: 'invoice',
    postedOn,
    documentOn: postedOn,
    currency: 'EUR',
    text: `Invoice ${at}`,
    source: { area: 'bench', kind: 'supplier-invoice', id: `si-${at}`, number: `SI-${at}` },
    lines: [
      { posting: { key: 'grir' }, amount: decimal('100.00') },
      { account: '6200', amount: decimal('20.00') },
      { posting: { key: 'input-tax' }, amount: decimal('22.80'), taxCode: 'V19' },
      { posting: { key: 'payable' }, amount: decimal('-142.80'), party: `pa-${at % 300}` },
    ],
  };
}

const folder = await mkdtemp(join(tmpdir(), 'rialto-bench-ledger-'));
const server = await startEmbedded({ folder: join(folder, 'postgres') });
const load = loadavg()[0]?.toFixed(1) ?? '';
try {
  const database = await openDatabase({ url: server.url, poolSizeMax: 1 });
  await migrate(database, [companyMigrations, ledgerMigrations]);
  await transact(database, async (tx) => {
    const entity = { code: 'RI', name: 'Rialto', country: 'DE', currency: 'EUR' };
    await createLegalEntity(tx, context, { ...entity, timeZone: 'Europe/Berlin' });
    await installLedger(tx, context);
    await createFiscalYear(tx, context, 2025);
  });
  const [count, batch] = [Number(values.entries), Number(values.batch)];
  const drafts = Array.from({ length: count }, (_, at) => draftAt(at));
  const theirs = await serverSeconds(database);
  const [began, spent] = [performance.now(), process.cpuUsage()];
  let refused = 0;
  for (let at = 0; at < count; at += batch) {
    const some = drafts.slice(at, at + batch);
    const results = await transact(database, (tx) => postEntries(tx, context, some));
    refused += results.filter(({ ok }) => !ok).length;
  }
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(spent);
  console.table([
    {
      entries: count,
      lines: count * 4,
      refused,
      seconds: seconds.toFixed(2),
      'entries/s': Math.round(count / seconds),
      'CPU s of Node': ((user + system) / 1e6).toFixed(2),
      'of PostgreSQL': ((await serverSeconds(database)) - theirs).toFixed(2),
    },
  ]);
  console.log(`batches of ${batch}; load before ${load}, after ${loadavg()[0]?.toFixed(1)}`);
  await database.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
