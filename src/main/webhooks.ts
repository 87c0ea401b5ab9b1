import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Services } from '#api';
import { appendEvent } from '#audit';
import { transact } from '#database';
import type { Database } from '#database';
import { RialtoError } from '#kernel';
import type { Clock } from '#kernel/time';
import { listHolds } from '#postings/decisions';
import { findIntegration, loadIntegration } from '#sync';
import {
  integrationsWaiting,
  listDeliveries,
  receiveDelivery,
  wakeFor,
  WEBHOOK_JOB,
  workOff,
} from '#sync/webhooks';
import type { Receiving } from '#sync/webhooks';
import { Secret } from '#vault';
import type { Vault } from '#vault';
import { runJobs } from '#workflow';
import { registrationOf, secretsOf } from './adapters/connect-adapter.ts';
import type { LiveRuns } from './live-runs.ts';
import type { Undo } from './opening.ts';
import { plain } from './plain.ts';
import { isPaused } from './sync-jobs.ts';

type Deps = { readonly database: Database; readonly clock: Clock; readonly vault: Vault };

const SECRET_BYTES = 32;
const LEASE_MS = 30_000;
const AT_ONCE = 2;

const presentOf = (integration: string): string => `${secretsOf(integration)}webhook`;
const beforeOf = (integration: string): string => `${secretsOf(integration)}before-webhook`;

/** What systems tell of by themselves, as the API takes it in and shows it. */
export function webhooks(deps: Deps): Services['webhooks'] {
  const { database, clock, vault } = deps;
  const find: Services['webhooks']['find'] = async (name) => {
    const { adapter, settings } = await findIntegration(database, name);
    return {
      path: `/v1/webhooks/${name}`,
      sends: registrationOf(adapter).webhook?.(settings) !== undefined,
      secrets: (await secretsFor(deps, name)).length,
    };
  };
  return {
    find,
    handshakeOf: async (name) => (await receivingOf(deps, name))?.sender.handshake?.query,
    async receive(name, raw, { route, traceId }) {
      const receiving = await receivingOf(deps, name);
      const now = clock();
      const event = {
        at: now,
        actor: `system ${name}`,
        action: 'webhooks.received',
        outcome: 'done',
        subject: name,
        details: { bytes: raw.body.length },
        traceId,
        route,
      } as const;
      const along = async (transaction: Parameters<typeof appendEvent>[0]): Promise<void> => {
        await appendEvent(transaction, event);
      };
      return receiveDelivery({ database, now, along }, raw, receiving);
    },
    async deliveries(name, { state, search, offset, limit }) {
      await findIntegration(database, name);
      const query = { integration: name, states: state, search, offset, limit };
      const { rows, total } = await listDeliveries(database.kysely, query);
      return {
        rows: rows.map(({ wishes, ...rest }) => ({ ...rest, wishes: plain(wishes) })),
        total,
      };
    },
    async rotate(transaction, name, given) {
      await findIntegration(database, name);
      const [present] = await secretsFor(deps, name);
      if (present !== undefined) {
        await vault.put(transaction, beforeOf(name), new Secret(present));
      }
      const secret = given ?? randomBytes(SECRET_BYTES).toString('base64');
      await vault.put(transaction, presentOf(name), new Secret(secret));
      return { secret: given === undefined ? secret : null };
    },
    async retire(transaction, name) {
      await findIntegration(database, name);
      await vault.forget(transaction, beforeOf(name));
    },
  };
}

/** Looks at what deliveries named, for as long as the house is open. */
export async function runWebhooks(
  deps: Pick<Deps, 'database' | 'clock'> & { readonly runs: Pick<LiveRuns, 'finish'> },
  more: { readonly undo: Undo; readonly onError: (error: unknown) => void },
): Promise<void> {
  const { database, clock, runs } = deps;
  const isHeld = async (integration: string): Promise<boolean> =>
    (await listHolds(database.kysely)).some((hold) => hold.integration === integration) ||
    (await isPaused(database, integration));
  const worker = await runJobs({
    database,
    clock,
    random: Math.random,
    leaseMs: LEASE_MS,
    worker: `${hostname()}/${process.pid}`,
    kinds: {
      [WEBHOOK_JOB]: async ({ input: { integration }, signal }) => {
        if (typeof integration !== 'string') return { skipped: 'no integration is named' };
        const run = (name: string, named: Parameters<LiveRuns['finish']>[1]) =>
          runs.finish(name, { ...named, signal });
        return workOff(
          {
            database,
            clock,
            isHeld,
            run: (name, named) => run(name, named === undefined ? {} : { named }),
          },
          integration,
          signal,
        );
      },
    },
    atOnce: AT_ONCE,
    onTrouble: more.onError,
  });
  more.undo.add(() => worker.close());
  for (const integration of await integrationsWaiting(database)) {
    await wake(deps, integration, 'a start');
  }
}

/** The switches of an integration: what was kept for later is looked at when they are let go. */
export function wakingUp(
  deps: Pick<Deps, 'database' | 'clock'>,
  { health, schedules }: Pick<Services, 'health' | 'schedules'>,
): Pick<Services, 'health' | 'schedules'> {
  return {
    health: {
      ...health,
      async release(integration) {
        await health.release(integration);
        await wake(deps, integration, 'a release');
      },
    },
    schedules: {
      ...schedules,
      async put(integration, wanted, by) {
        const put = await schedules.put(integration, wanted, by);
        if (!put.paused) await wake(deps, integration, 'a schedule');
        return put;
      },
      async drop(integration) {
        await schedules.drop(integration);
        await wake(deps, integration, 'a schedule');
      },
    },
  };
}

/** Wakes whoever looks at what was kept for later. */
async function wake(
  { database, clock }: Pick<Deps, 'database' | 'clock'>,
  integration: string,
  by: string,
): Promise<void> {
  const waiting = await integrationsWaiting(database);
  if (!waiting.includes(integration)) return;
  await transact(database, (transaction) => wakeFor(transaction, integration, clock(), { by }));
}

/** Who may send for an integration; undefined: nobody, and a caller does not learn why. */
async function receivingOf(deps: Deps, name: string): Promise<Receiving | undefined> {
  const loaded = await loadIntegration(deps.database, name).catch((error: unknown) => {
    if (error instanceof RialtoError && error.code === 'sync.no-integration') return undefined;
    throw error; // The world failed: whoever sends is to come again.
  });
  if (loaded === undefined) return undefined;
  const { adapter, settings, pack } = loaded;
  const sender = registrationOf(adapter).webhook?.(settings);
  const secrets = await secretsFor(deps, name);
  if (sender === undefined || secrets.length === 0) return undefined;
  const entities = new Set(pack.mappings.map(({ from }) => from));
  return { integration: name, sender, secrets, entities };
}

/** The secrets that are good now, the present one first. */
async function secretsFor({ vault }: Deps, name: string): Promise<readonly string[]> {
  const kept = await vault.names(secretsOf(name));
  const good = [presentOf(name), beforeOf(name)].filter((each) => kept.includes(each));
  return Promise.all(good.map(async (each) => (await vault.get(each)).reveal()));
}
