import { Writable } from 'node:stream';
import type { ClientBase, QueryResult } from 'pg';
import { copyOver } from './copy-query.ts';
import type { Copy } from './copy-query.ts';
import { askPrepared } from './prepared.ts';
import type { Ask, Preparing } from './prepared.ts';

/** One connection, as those who ask it see it. */
export type Line = {
  /** Sends a statement at once, behind those that are still being answered; PostgreSQL keeps their order. */
  readonly ask: Ask;
  /** The same for a COPY of what is there already. */
  readonly copy: Copy;
  /** Has the connection to itself, for COPY of what still comes. What is asked meanwhile is sent after it, in its order. */
  readonly alone: <T>(use: (client: ClientBase) => Promise<T>) => Promise<T>;
};

const lines = new WeakMap<ClientBase, Line>();

/** The line over a connection; what was prepared on it stays so. */
export function lineOver(client: ClientBase, preparing: Preparing): Line {
  const known = lines.get(client) ?? openLine(client, askPrepared(client, preparing));
  lines.set(client, known);
  return known;
}

function openLine(client: ClientBase, send: Ask): Line {
  let last: Promise<unknown> | undefined; // What was sent last: answers come in the order of questions.
  let behind: Promise<unknown> | undefined; // While somebody is alone: the end of those who wait.
  const gather = gathererOf(client);
  const copy = copyOver(client);
  const sent = (put: () => Promise<QueryResult>): Promise<QueryResult> => {
    gather();
    const answer = put();
    last = answer;
    answer.catch(() => undefined); // Whoever asked several may have heard of the first failure only.
    return answer;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const before = behind ?? last ?? Promise.resolve();
    const done = before.then(work, work);
    const settled = done
      .catch(() => undefined)
      .finally(() => {
        if (behind === settled) behind = undefined;
      });
    behind = settled;
    return done;
  };
  const queued = (put: () => Promise<QueryResult>): Promise<QueryResult> =>
    behind === undefined ? sent(put) : inTurn(() => sent(put));
  return {
    ask: (text, values) => queued(() => send(text, values)),
    copy: (text, messages) => queued(() => copy(text, messages)),
    alone: (use) =>
      inTurn(async () => {
        Object.assign(client, { pipeline: false }); // The driver takes no COPY otherwise.
        try {
          return await use(client);
        } finally {
          Object.assign(client, { pipeline: true });
        }
      }),
  };
}

/** Holds back what is written until all who ask in this turn have: one write wakes PostgreSQL once. */
function gathererOf(client: ClientBase): () => void {
  const stream: unknown = Reflect.get(Reflect.get(client, 'connection') ?? {}, 'stream');
  if (!(stream instanceof Writable)) return () => undefined;
  let isGathering = false;
  return () => {
    if (isGathering) return;
    isGathering = true;
    stream.cork();
    process.nextTick(() => {
      isGathering = false;
      stream.uncork();
    });
  };
}
