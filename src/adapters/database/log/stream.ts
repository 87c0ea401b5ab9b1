import type { EventEmitter } from 'node:events';
import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { attempts, isNetworkError, onStop, wordOf } from '../attempt.ts';
import type { SignIn } from '../dialect.ts';
import { clientConfigOf } from '../dialects/postgresql.ts';
import type { Failure } from '../errors.ts';
import { lsnText } from './lsn.ts';
import { readMessage } from './message.ts';
import type { LogMessage } from './message.ts';

/** A message, and its place in the log. */
export type LogItem = { readonly lsn: bigint; readonly message: LogMessage };

/** What is to be streamed: a slot, what it publishes, and from where on; 0: where the slot stands. */
export type Streamed = {
  readonly slot: string;
  readonly publication: string;
  readonly from: bigint;
  readonly name: string; // What the server shows the connection as.
  readonly whenHeld?: () => Promise<void>; // Another connection reads the slot.
};

/** The server's log as it is written, until it is ended. */
export type LogStream = {
  readonly items: AsyncIterable<LogItem>;
  end(): Promise<void>;
};

/** The part of the driver that its types leave out: the connection under a client. */
type Wire = EventEmitter & {
  readonly stream: { pause(): void; resume(): void };
  sendCopyFromChunk(chunk: Buffer): void;
};

const WAITING_BYTES_MAX = 4_000_000; // So much of the log is held here at most; the server waits.
const STATUS_MS = 10_000;
const BUSY_TRIES = 20; // Of a slot that another connection still holds.
const BUSY_MS = 500;
const [XLOG_DATA, KEEPALIVE] = [0x77, 0x6b]; // w, k

/**
 * Streams a slot from a place on. The server hears at once that everything before `from` may be
 * forgotten, and nothing more: what is read here is not safe before sync has committed it.
 */
export async function openLogStream(
  signIn: SignIn,
  streamed: Streamed,
  stop: AbortSignal,
): Promise<LogStream> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryOpen(signIn, streamed, stop);
    } catch (error) {
      const held = error instanceof Error && wordOf(error.cause, 'code') === '55006';
      if (!held || tries >= BUSY_TRIES) throw error;
      await streamed.whenHeld?.();
      await pause(BUSY_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

async function tryOpen(
  signIn: SignIn,
  { slot, publication, from, name }: Streamed,
  stop: AbortSignal,
): Promise<LogStream> {
  const { Client: PgClient } = await import('pg');
  const attempt = attempts(stop, failureOf);
  const socket = new Socket();
  const config = clientConfigOf({ ...signIn, statementSecondsMax: 0 });
  const more = { application_name: name, connectionTimeoutMillis: 30_000, replication: 'database' };
  const client = new PgClient({ ...config, ...more, stream: () => socket });
  client.on('error', () => undefined); // The reader hears of it.
  await attempt('signing in for replication', async () => await client.connect()).catch(
    async (error: unknown) => {
      await client.end().catch(() => undefined);
      throw error;
    },
  );
  const wire = wireOf(client);
  const queue = openQueue(wire);
  const forget = onStop(stop, () => {
    queue.close();
    socket.destroy();
  });
  const status = (asked = false): void => sendStatus(wire, from, asked);
  wire.on('copyData', ({ chunk }: { readonly chunk: Buffer }) => {
    if (chunk[0] === XLOG_DATA) queue.push(chunk);
    else if (chunk[0] === KEEPALIVE && chunk[17] === 1) status();
  });
  const timer = setInterval(status, STATUS_MS);
  const end = async (): Promise<void> => {
    clearInterval(timer);
    forget();
    queue.close();
    await Promise.race([client.end().catch(() => undefined), pause(1_000)]);
    socket.destroy();
  };
  const begun = new Promise<void>((resolve) => {
    wire.once('replicationStart', () => resolve());
  });
  const options = `proto_version '1', publication_names '"${publication}"', messages 'true'`;
  const running = client.query(
    `START_REPLICATION SLOT "${slot}" LOGICAL ${lsnText(from)} (${options})`,
  );
  running.then(queue.close, queue.close);
  client.once('end', () => queue.close());
  try {
    await attempt(`reading the slot ${slot}`, async () => {
      await Promise.race([begun, running]);
    });
  } catch (error) {
    await end();
    throw error;
  }
  status();
  return { items: itemsOf(queue, attempt, stop), end };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `pg` has and its types leave out.
const wireOf = (client: Client): Wire => (client as unknown as { connection: Wire }).connection;

async function* itemsOf(
  queue: Queue,
  attempt: ReturnType<typeof attempts>,
  stop: AbortSignal,
): AsyncGenerator<LogItem> {
  for (;;) {
    const chunk = await queue.take();
    stop.throwIfAborted();
    if (chunk === undefined) {
      await attempt('reading the log', () => Promise.reject(new Error('the server ended it')));
      return;
    }
    yield { lsn: chunk.readBigUInt64BE(1), message: readMessage(chunk.subarray(25)) };
  }
}

/** Chunks that wait to be read; beyond so many bytes the server waits instead. */
type Queue = {
  push(chunk: Buffer): void;
  take(): Promise<Buffer | undefined>; // Undefined: the stream has ended.
  readonly close: () => void;
};

function openQueue(wire: Wire): Queue {
  const waiting: Buffer[] = [];
  let bytes = 0;
  let closed = false;
  let paused = false;
  let moved = Promise.withResolvers<void>();
  const move = (): void => {
    moved.resolve();
    moved = Promise.withResolvers();
  };
  return {
    push(chunk) {
      waiting.push(Buffer.from(chunk)); // The driver uses its own bytes again.
      bytes += chunk.length;
      if (bytes > WAITING_BYTES_MAX && !paused) {
        paused = true;
        wire.stream.pause();
      }
      move();
    },
    async take() {
      for (;;) {
        const chunk = waiting.shift();
        if (chunk !== undefined) {
          bytes -= chunk.length;
          if (paused && bytes < WAITING_BYTES_MAX / 2) {
            paused = false;
            wire.stream.resume();
          }
          return chunk;
        }
        if (closed) return undefined;
        await moved.promise;
      }
    },
    close() {
      closed = true;
      move();
    },
  };
}

/** Says that everything before a place may be forgotten. */
function sendStatus(wire: Wire, done: bigint, asked: boolean): void {
  const chunk = Buffer.alloc(34);
  chunk.write('r');
  for (const at of [1, 9, 17]) chunk.writeBigUInt64BE(done, at); // Written, flushed, applied.
  chunk.writeUInt8(asked ? 1 : 0, 33);
  wire.sendCopyFromChunk(chunk);
}

function failureOf(error: unknown): Failure {
  const state = wordOf(error, 'code');
  if (state === '55006') return 'busy'; // Another connection reads the slot.
  if (state.startsWith('28')) return 'sign-in';
  if (state === '42501') return 'forbidden';
  return state === '' || /^(08|57P)/.test(state) || isNetworkError(error) ? 'lost' : 'refused';
}
