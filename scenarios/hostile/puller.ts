/** Syncs in from the hostile ERP, over and over, until it is killed. */
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#database';
import { connectHostileErp } from '../../simulators/hostile-erp/connect.ts';
import { pullIn } from './pull-in.ts';
import { parseWorkerSettings } from './worker-settings.ts';

const PAUSE_MS = 150;

process.stdin.on('end', () => process.exit(0)).resume(); // Whoever started it is gone.
process.once('SIGTERM', () => process.exit(0));
const { databaseUrl, erpUrl } = parseWorkerSettings(process.argv[2] ?? '');
const adapter = connectHostileErp({ url: erpUrl });
const store = await whenUp();
for (;;) {
  await pullIn(store, adapter).catch(() => undefined); // Database or ERP were killed: once more.
  await pause(PAUSE_MS);
}

async function whenUp(): ReturnType<typeof openDatabase> {
  for (;;) {
    const database = await openDatabase({ url: databaseUrl, poolSizeMax: 4 }).catch(
      () => undefined,
    );
    if (database !== undefined) return database;
    await pause(PAUSE_MS);
  }
}
