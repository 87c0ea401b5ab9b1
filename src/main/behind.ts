import type { DocumentAdapter } from '#adapter-kit';
import type { Health } from '#api-contract/transaction';
import type { Database } from '#database';
import { describeError } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { loadIntegration } from '#sync';
import type { ConnectAdapter } from './adapters/connect-adapter.ts';

/** How far reading an entity is behind a log that its source keeps. */
export type KeptLog = Awaited<ReturnType<NonNullable<DocumentAdapter['behind']>>>[number];

/** What health says of the logs that sources keep for us. */
export type Behind = Pick<Health, 'logs' | 'logsUnknown'>;

type Deps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly adapters: ConnectAdapter;
};

/** Above these a person is told. A source is read by itself every five minutes, however quiet. */
export const BEHIND_WARNED = { bytes: 1_000_000_000, seconds: 900 } as const;

const LOOK_MS_MAX = 3_000;
const FRESH_MS = 5_000; // A page asks for many things at once.

/** Looks how far sources are behind the logs that are kept for them, each at most every 5 seconds. */
export function behindOf(deps: Deps): (name: string) => Promise<Behind> {
  const looked = new Map<string, { readonly atMs: number; readonly found: Promise<Behind> }>();
  return (name) => {
    const nowMs = millisecondsOf(deps.clock());
    const last = looked.get(name);
    if (last !== undefined && nowMs - last.atMs < FRESH_MS) return last.found;
    const found = look(deps, name);
    looked.set(name, { atMs: nowMs, found });
    return found;
  };
}

async function look({ database, adapters }: Deps, name: string): Promise<Behind> {
  const adapter = await adapters(await loadIntegration(database, name)).catch(() => undefined);
  if (adapter === undefined || !('behind' in adapter)) return { logs: [] };
  try {
    const logs = (await adapter.behind?.(AbortSignal.timeout(LOOK_MS_MAX))) ?? [];
    return { logs: logs.map((log) => ({ ...log, warned: isFarBehind(log) })) };
  } catch (error) {
    return { logs: [], logsUnknown: describeError(error) }; // That it is away is no fault of ours.
  }
}

/** Whether a person has to look at it. One that is not there yet is made by the first read. */
export function isFarBehind({ state, behindBytes = 0, behindSeconds = 0 }: KeptLog): boolean {
  if (state === 'lost' || state === 'at-risk') return true;
  return behindBytes > BEHIND_WARNED.bytes || behindSeconds > BEHIND_WARNED.seconds;
}

/** What is to be said of logs, for a person. */
export function behindReasons({ logs, logsUnknown }: Behind): readonly string[] {
  const far = logs.filter(({ warned }) => warned).map(reasonOf);
  return logsUnknown === undefined
    ? far
    : [...far, `nobody knows how far it is behind its log: ${logsUnknown}`];
}

function reasonOf(log: Behind['logs'][number]): string {
  const { entity, state, why, behindBytes = 0, behindSeconds } = log;
  if (state === 'lost')
    return `the log of ${entity} is lost, all of it is read again: ${why ?? ''}`;
  const mb = Math.round(behindBytes / 1_000_000);
  const idle = behindSeconds === undefined ? '' : `, not read for ${behindSeconds} seconds`;
  const risk = state === 'at-risk' ? '; the server may throw it away any moment' : '';
  return `the log of ${entity} is ${mb} MB behind${idle}${risk}`;
}
