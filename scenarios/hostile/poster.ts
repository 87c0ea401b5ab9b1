/** A worker as a process of its own: it posts to the hostile ERP until it is killed. */
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#database';
import type { Database } from '#database';
import { systemClock } from '#kernel/time';
import { POSTING_POLICY, recordExchange, runPoster } from '#postings';
import type { Destination } from '#postings';
import { COLLECTION_OF, connectHostileErp } from '../../simulators/hostile-erp/connect.ts';
import { parseWorkerSettings, SEND_MS_MAX, SETTLE_MS } from './worker-settings.ts';
import type { WorkerSettings } from './worker-settings.ts';

const AT_ONCE = 4;
const POLL_MS = 200;
const LIMITS = { requestMs: SEND_MS_MAX, callMs: SEND_MS_MAX, concurrencyMax: AT_ONCE };

const settings = parseWorkerSettings(process.argv[2] ?? '');
const destination = destinationFor(settings);
const database = await whenUp(settings.databaseUrl);
const poster = await whenItCan(() =>
  runPoster(
    {
      database,
      clock: systemClock,
      random: Math.random,
      worker: `${settings.name}-${process.pid}`,
      sendMsMax: SEND_MS_MAX,
      destinationOf: () => Promise.resolve(destination),
    },
    { atOnce: AT_ONCE, pollMs: POLL_MS },
  ),
);
process.stdout.write('ready\n');
process.stdin.on('end', () => process.exit(0)).resume(); // Whoever started it is gone.
process.once('SIGTERM', () => {
  void poster.close().then(() => process.exit(0));
});

function destinationFor({ erpUrl, withoutLookup }: WorkerSettings): Destination {
  const adapter = connectHostileErp({ url: erpUrl, log: recordExchange, limits: LIMITS });
  const policy = {
    ...POSTING_POLICY,
    sendMsMax: SEND_MS_MAX,
    settleMs: withoutLookup ? 0 : SETTLE_MS,
    retryBaseMs: 100,
    retryMsMax: 1_000,
    attemptsMax: 1_000,
  };
  const { writer } = adapter;
  if (!withoutLookup || writer === undefined) return { adapter, policy, entityOf };
  return { adapter: { ...adapter, writer: { ...writer, lookup: findNothing } }, policy, entityOf };
}

function entityOf(kind: string): string | undefined {
  return COLLECTION_OF[kind];
}

/** What most do: no answer is taken for "not booked", and it is sent again. */
function findNothing(): Promise<undefined> {
  return Promise.resolve(undefined);
}

async function whenUp(url: string): Promise<Database> {
  return await whenItCan(() => openDatabase({ url, poolSizeMax: AT_ONCE + 2 }));
}

async function whenItCan<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      await pause(POLL_MS);
    }
  }
}
