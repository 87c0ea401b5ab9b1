import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem, ROUTES } from '#api-contract';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteName } from '#api-contract';
import { RialtoError } from '#kernel';
import { mainError } from '../errors.ts';
import { onStopSignal } from '../on-stop-signal.ts';
import { readServerFile } from '../server-file.ts';
import type { ServerFile } from '../server-file.ts';
import { readSettings } from '../settings.ts';
import { OWN_AGENT } from '../traffic.ts';

/** The parts of a call that its route asks for. */
export type Parts<Name extends RouteName> = {
  readonly params?: ParamsOf<Name>;
  readonly query?: QueryOf<Name>;
  readonly body?: BodyOf<Name>;
};

/** The owner of the data folder, as the command line speaks to it. */
export type Client = {
  readonly address: string;
  readonly stays: boolean; // Rialto runs on after the command. False: it runs for it alone.
  call<Name extends RouteName>(name: Name, parts?: Parts<Name>): Promise<ReplyOf<Name>>;
};

const WAIT_MS_MAX = 60_000;
const LOOK_MS = 300;
const SIGNALLED = 128; // What shells add to a signal's number.

/**
 * Runs `work` against the running owner of the data folder, or becomes the owner for that long.
 * An owner that is still starting, or stopping, is waited for.
 */
export async function withOwner<T>(
  dataDir: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const calls = { answered: 0 };
    try {
      const running = await findRunning(dataDir, calls);
      return await (running === undefined ? asOwner(dataDir, work) : work(running));
    } catch (error) {
      if (!isPassing(error, calls) || waitedMs >= WAIT_MS_MAX) throw error;
      await sleep(LOOK_MS);
    }
  }
}

/** Answers of the owner so far: before the first, a command may simply begin anew. */
type Calls = { answered: number };

function isPassing(error: unknown, { answered }: Calls): boolean {
  if (!(error instanceof RialtoError)) return false;
  const gone = error.code === 'main.unreachable' && answered === 0;
  return gone || error.code === 'main.owned-elsewhere';
}

async function asOwner<T>(dataDir: string, work: (client: Client) => Promise<T>): Promise<T> {
  const settings = readSettings({ dataDir, port: '0', empty: true }, process.env);
  const { openApp } = await import('../app.ts'); // Much to load, and seldom needed.
  const stop = onStopSignal(async (signal) => {
    const begun = await starting.catch(() => undefined);
    await begun?.close();
    return SIGNALLED + constants.signals[signal];
  });
  const starting = openApp(settings, (line) => console.error(line), { stop });
  try {
    const app = await starting;
    try {
      const result = await work(clientOf(app, { answered: 0 }, false));
      await app.unused();
      if (!stop.aborted) return result;
    } finally {
      await app.close();
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
  return new Promise(() => undefined); // The signal ends the process.
}

async function findRunning(dataDir: string, calls: Calls): Promise<Client | undefined> {
  const server = readServerFile(dataDir);
  if (server === undefined) return undefined;
  try {
    // Health alone might be another folder's, on the same port.
    await clientOf(server, { answered: 0 }, true).call('getSession');
  } catch (error) {
    const says = error instanceof RialtoError && error.code === 'main.refused';
    if (says && error.kind !== 'unauthenticated') throw error;
    return undefined; // Gone, or a stranger at its port.
  }
  return clientOf(server, calls, true);
}

function clientOf(
  { address, token }: Pick<ServerFile, 'address' | 'token'>,
  calls: Calls,
  stays: boolean,
): Client {
  return {
    address,
    stays,
    async call(name, parts = {}) {
      const { method, path, reply } = ROUTES[name];
      const url = new URL(withParams(path, parts.params ?? {}), address);
      for (const [key, value] of Object.entries(parts.query ?? {})) {
        const isText = typeof value === 'string' || typeof value === 'number';
        if (isText) url.searchParams.set(key, `${value}`);
      }
      const sends = method === 'POST' || method === 'PUT';
      const { ok, content } = await exchange(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'user-agent': OWN_AGENT,
          ...(sends ? { 'content-type': 'application/json' } : {}),
        },
        ...(sends ? { body: JSON.stringify(parts.body ?? {}) } : {}),
      });
      calls.answered += 1;
      if (!ok) throw refusal(content);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own schema parsed it.
      return reply.parse(content) as ReplyOf<typeof name>;
    },
  };
}

async function exchange(
  url: URL,
  request: RequestInit,
): Promise<{ readonly ok: boolean; readonly content: unknown }> {
  try {
    const response = await fetch(url, request);
    return { ok: response.ok, content: await response.json() };
  } catch (cause) {
    throw mainError('unavailable', 'main.unreachable', `speaking to Rialto at ${url.origin}`, {
      cause,
      remedy: 'It may be stopping. Try again.',
    });
  }
}

const withParams = (path: string, params: object): string =>
  Object.entries(params).reduce(
    (filled, [name, value]) => filled.replace(`:${name}`, encodeURIComponent(String(value))),
    path,
  );

function refusal(content: unknown): Error {
  const problem = Problem.safeParse(content).data;
  const said = problem?.detail ?? problem?.title ?? 'Rialto refused';
  const wrong = (problem?.problems ?? []).map(({ field, reason }) => `${field}: ${reason}`);
  const remedy = [problem?.remedy, ...wrong].filter((part) => part !== undefined).join('\n');
  const kinds = [
    'invalid',
    'unauthenticated',
    'forbidden',
    'not-found',
    'conflict',
    'limited',
    'unavailable',
  ] as const;
  const kind = kinds.find((each) => each === problem?.kind) ?? 'bug';
  return mainError(kind, 'main.refused', said, remedy === '' ? {} : { remedy });
}
