/** What tests of HTTP share: a small server of one's own, a clock that is set, waits that are kept. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import type { Sleep } from './backoff.ts';

/** One request as the server saw it. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string; // With the query.
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What a server answers: a status with a body, or what a test does by hand. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
    }
  | ((response: ServerResponse, request: IncomingMessage) => void);

export type LocalServer = {
  readonly url: string; // Without a slash at its end.
  readonly host: string;
  readonly seen: readonly SeenRequest[];
};

/** Starts a server on the loopback that ends with the test. */
export async function startServer(
  reply: (request: SeenRequest, count: number) => Reply | Promise<Reply>,
): Promise<LocalServer> {
  const seen: SeenRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const one = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(parts).toString('utf8'),
    };
    seen.push(one);
    const given = await reply(one, seen.length);
    if (typeof given === 'function') return given(response, request);
    response.writeHead(given.status ?? 200, given.headers);
    response.end(given.body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const host = `127.0.0.1:${address.port}`;
  return { url: `http://${host}`, host, seen };
}

const NOON = instantOf(1_795_262_400_000); // 2026-11-21.

/** A clock that stands until it is set on, and waits that set it on instead of waiting. */
export function stillClock(startsAt = NOON): {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly slept: number[];
  readonly pass: (ms: number) => void;
} {
  let now = millisecondsOf(startsAt);
  const slept: number[] = [];
  return {
    clock: () => instantOf(now),
    sleep: async (ms, stop) => {
      stop.throwIfAborted();
      slept.push(ms);
      now += ms;
      await Promise.resolve();
    },
    slept,
    pass: (ms) => {
      now += ms;
    },
  };
}
