import { setTimeout as sleep } from 'node:timers/promises';
import { Problem, ROUTES } from '#api-contract';
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteName } from '#api-contract';
import { RialtoError } from '#kernel';
import { openApp } from '../app.ts';
import { mainError } from '../errors.ts';
import { onStopSignal } from '../on-stop-signal.ts';
import { readServerFile } from '../server-file.ts';
import { readSettings } from '../settings.ts';

/** The parts of a call that its route asks for. */
export type Parts<Name extends RouteName> = {
  readonly params?: ParamsOf<Name>;
  readonly query?: QueryOf<Name>;
  readonly body?: BodyOf<Name>;
};

/** The owner of the data folder, as the command line speaks to it. */
export type Client = {
  readonly address: string;
  call<Name extends RouteName>(name: Name, parts?: Parts<Name>): Promise<ReplyOf<Name>>;
};

const WAIT_MS_MAX = 60_000;
const LOOK_MS = 300;

/**
 * Runs `work` against the running owner of the data folder, or becomes the owner for that long.
 * An owner that is still starting is waited for.
 */
export async function withOwner<T>(
  dataDir: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const running = await findRunning(dataDir);
    if (running !== undefined) return work(running);
    try {
      return await asOwner(dataDir, work);
    } catch (error) {
      const owned = error instanceof RialtoError && error.code === 'main.owned-elsewhere';
      if (!owned || waitedMs >= WAIT_MS_MAX) throw error;
      await sleep(LOOK_MS);
    }
  }
}

async function asOwner<T>(dataDir: string, work: (client: Client) => Promise<T>): Promise<T> {
  const settings = readSettings({ dataDir, port: '0', empty: true }, process.env);
  const starting = openApp(settings, (line) => console.error(line));
  onStopSignal(async () => (await starting).close());
  const app = await starting;
  try {
    return await work(clientOf(app.address, app.token));
  } finally {
    await app.close();
  }
}

async function findRunning(dataDir: string): Promise<Client | undefined> {
  const server = readServerFile(dataDir);
  if (server === undefined) return undefined;
  const client = clientOf(server.address, server.token);
  try {
    await client.call('getSession'); // Health alone might be another folder's, on the same port.
    return client;
  } catch {
    return undefined;
  }
}

function clientOf(address: string, token: string): Client {
  return {
    address,
    async call(name, parts = {}) {
      const { method, path, reply } = ROUTES[name];
      const url = new URL(withParams(path, parts.params ?? {}), address);
      for (const [key, value] of Object.entries(parts.query ?? {})) {
        const isText = typeof value === 'string' || typeof value === 'number';
        if (isText) url.searchParams.set(key, `${value}`);
      }
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        },
        ...(method === 'POST' ? { body: JSON.stringify(parts.body ?? {}) } : {}),
      }).catch((cause: unknown) => {
        throw mainError('unavailable', 'main.unreachable', `speaking to Rialto at ${address}`, {
          cause,
          remedy: 'It may be stopping. Try again.',
        });
      });
      const content: unknown = await response.json();
      if (!response.ok) throw refusal(content);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own schema parsed it.
      return reply.parse(content) as ReplyOf<typeof name>;
    },
  };
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
  const kinds = ['invalid', 'not-found', 'conflict', 'unavailable', 'limited'] as const;
  const kind = kinds.find((each) => each === problem?.kind) ?? 'bug';
  return mainError(kind, 'main.refused', said, remedy === '' ? {} : { remedy });
}
