import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client, escapeIdentifier } from 'pg';
import { clientSettings, rows } from './connect.ts';
import type { Database, Handle } from './connect.ts';

/** A listener that can be put down. */
export type Listening = { close(): Promise<void> };

const PAUSE_MS_MAX = 5_000;

/**
 * Calls `onNotify` when someone rings `channel`: a doorbell, it says only "look". A broken
 * connection is opened again, and rung once, since a ring may have been missed.
 */
export async function listen(
  database: Database,
  channel: string,
  onNotify: () => void,
): Promise<Listening> {
  const stop = new AbortController();
  let client = await connectTo(database.url, channel, onNotify, () => void reopen());
  async function reopen(): Promise<void> {
    for (let pauseMs = 100; !stop.signal.aborted; pauseMs = Math.min(pauseMs * 2, PAUSE_MS_MAX)) {
      await sleep(pauseMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
      if (stop.signal.aborted) return;
      const next = await connectTo(database.url, channel, onNotify, () => void reopen()).catch(
        () => undefined,
      );
      if (next !== undefined) {
        client = next;
        onNotify();
        return;
      }
    }
  }
  return {
    async close() {
      stop.abort();
      await client.end().catch(() => undefined);
    },
  };
}

/** Rings `channel`; inside a transaction the bell rings when it commits. */
export async function notify(handle: Handle, channel: string): Promise<void> {
  await rows(handle, sql`select pg_notify(${channel}, '')`);
}

async function connectTo(
  url: string,
  channel: string,
  onNotify: () => void,
  onBroken: () => void,
): Promise<Client> {
  const client = new Client({ ...clientSettings(url), keepAlive: true });
  client.on('notification', onNotify);
  let open = false;
  client.on('error', () => {
    if (open) onBroken();
    open = false;
  });
  client.on('end', () => {
    open = false;
  });
  await client.connect();
  await client.query(`listen ${escapeIdentifier(channel)}`);
  open = true;
  return client;
}
