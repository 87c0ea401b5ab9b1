/** Stands between the adapter and Tryton, and does to calls what networks do. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { assert } from '#kernel';

/** What happens to a call: it is lost on the way there, or its answer on the way back. */
export type Fate = 'passes' | 'never-arrives' | 'answer-lost';

export type CuttingProxy = {
  readonly url: string;
  /** The methods that came by since `decide` was last called, in order. */
  readonly seen: readonly string[];
  /** Decides over every call from now on, before it is passed on. */
  decide(fate: (method: string) => Fate | Promise<Fate>): void;
  /** Called whenever Tryton has answered a call. */
  onAnswer(told: () => void): void;
  stop(): Promise<void>;
};

const unheard = (): void => undefined;
const passes = (_method: string): Fate | Promise<Fate> => 'passes';

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const seen: string[] = [];
  let fate = passes;
  let told = unheard;
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const body = Buffer.concat(parts).toString('utf8');
    const method = /"method":"([^"]+)"/.exec(body)?.[1] ?? '';
    seen.push(method);
    const decided = await fate(method);
    if (decided === 'never-arrives') return void response.destroy();
    const { authorization } = request.headers;
    const answer = await fetch(`${target}${request.url ?? ''}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body,
    });
    const text = await answer.text();
    told();
    if (decided === 'answer-lost') return void response.destroy();
    const type = answer.headers.get('content-type') ?? 'text/plain';
    response.writeHead(answer.status, { 'content-type': type }).end(text);
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  assert(typeof address === 'object' && address !== null, 'a proxy has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    decide(next) {
      fate = next;
      seen.length = 0;
    },
    onAnswer(next) {
      told = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

const READING = [
  'search',
  'search_read',
  'search_count',
  'read',
  'today',
  'get_preferences',
  'login',
];

/** Whether a method books something. */
export const books = (method: string): boolean =>
  !READING.includes(method.slice(method.lastIndexOf('.') + 1));
