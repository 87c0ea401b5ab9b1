import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import { createIntegration, parsePack, startSync } from '#sync';
import type { RunSummary } from '#sync';
import type { HttpAdapter } from '#adapters/http';
import { INTEGRATION } from './wanted.ts';

const PACK = join(import.meta.dirname, '..', '..', 'simulators', 'hostile-erp', 'pack.json');

/** Makes the integration whose records are synced in. */
export async function makeIntegration(database: Database, url: string): Promise<void> {
  const mapping = parsePack('hostile-erp', JSON.parse(readFileSync(PACK, 'utf8')));
  const settings = { baseUrl: url };
  await createIntegration(database, { name: INTEGRATION, adapter: 'http', settings, mapping });
}

/** Brings the records up to what the ERP says now. */
export async function pullIn(database: Database, adapter: HttpAdapter): Promise<RunSummary> {
  return await startSync({ database, clock: systemClock, adapters: () => adapter }, INTEGRATION);
}
