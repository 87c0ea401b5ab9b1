/** The live stream over real HTTP: what comes, what a reconnect hears, what is left behind. */
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, openSession } from '#access';
import { StreamEvent } from '#api-contract';
import { checkContent } from '#canonical';
import { transact } from '#database';
import type { Database } from '#database';
import { testDatabase } from '#database/testing';
import { assert } from '#kernel';
import { applyPage, lastPosition, onChanges } from '#records';
import { createServer } from './index.ts';
import { API_MODULES, emptyServices } from './testing.ts';

let database: Database;
let app: FastifyInstance;
let address: string;
let listening: { close(): Promise<void> };
const listeners = new Set<(event: StreamEvent) => void>();
const OWNER = { authorization: 'Bearer the-owner-token' };

beforeAll(async () => {
  database = await testDatabase(API_MODULES);
  listening = await onChanges(database, () => {
    void lastPosition(database.kysely).then((position) =>
      emit({ kind: 'records.changed', position: position.toString() }),
    );
  });
  app = await createServer({
    services: emptyServices(database, {
      warehouse: {
        ...emptyServices(database).warehouse,
        freshness: async () => ({ log: await lastPosition(database.kysely), warehouse: 0n }),
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    }),
  });
  address = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  await listening.close();
  await database.close();
});

function emit(event: StreamEvent): void {
  for (const listener of listeners) listener(event);
}

type Reader = {
  readonly reply: IncomingMessage;
  readonly text: () => string;
  leave(): void;
};

async function connect(headers: Record<string, string> = OWNER): Promise<Reader> {
  const call = request(`${address}/v1/stream`, { headers, agent: false });
  call.end();
  call.on('error', () => undefined); // Leaving is no error here.
  const reply = await new Promise<IncomingMessage>((resolve) => call.once('response', resolve));
  let text = '';
  reply.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return { reply, text: () => text, leave: () => call.destroy() };
}

/** Waits for what another process or socket is about to do. */
async function until(what: () => boolean): Promise<void> {
  for (let waited = 0; !what(); waited += 10) {
    assert(waited < 10_000, 'it happened in time');
    await sleep(10);
  }
}

async function addSupplier(key: string): Promise<void> {
  const checked = checkContent('supplier', { number: key, name: key, status: 'active' });
  assert(checked.ok, 'a supplier');
  const source = { integration: 'test', key };
  await transact(database, (transaction) =>
    applyPage(transaction, {
      integration: 'test',
      kind: 'supplier',
      drafts: [{ record: checked.record, source }],
      cause: 'snapshot',
      seenAt: emptyServices(database).clock(),
    }),
  );
}

test('a change of a record arrives as an event, and a reconnect hears what it missed', async () => {
  const reader = await connect();
  expect(reader.reply.headers['content-type']).toContain('text/event-stream');
  await until(() => reader.text().includes('id: 0-0\n\n'));
  await addSupplier('first');
  await until(() => reader.text().includes('records.changed'));
  const message = reader
    .text()
    .split('\n\n')
    .find((part) => part.includes('event: '));
  const [id = '', event = '', data = ''] = message?.split('\n') ?? [];
  expect([id, event]).toEqual(['id: 1-0', 'event: records.changed']);
  expect(StreamEvent.parse(JSON.parse(data.slice('data: '.length)))).toEqual({
    kind: 'records.changed',
    position: '1',
  });
  reader.leave();

  await addSupplier('while away');
  const back = await connect({ ...OWNER, 'last-event-id': '1-0' });
  await until(() => back.text().includes('id: 2-0\n'));
  expect(back.text()).toContain('data: {"kind":"records.changed","position":"2"}');
  back.leave();

  const current = await connect({ ...OWNER, 'last-event-id': '2-0' });
  await until(() => current.text().includes('id: 2-0\n\n'));
  expect(current.text()).not.toContain('event:'); // It missed nothing.
  current.leave();
  const nonsense = await connect({ ...OWNER, 'last-event-id': 'x'.repeat(500) });
  await until(() => nonsense.text().includes('id: 2-0\n\n'));
  nonsense.leave();
});

test('after two hundred visits nobody listens any more', async () => {
  await until(() => listeners.size === 0);
  for (let round = 0; round < 10; round += 1) {
    const readers = await Promise.all(Array.from({ length: 20 }, () => connect()));
    expect(listeners.size).toBe(20);
    for (const reader of readers) reader.leave();
    await until(() => listeners.size === 0);
  }
});

test('signing out ends the stream of that person and of no other', async () => {
  const { clock } = emptyServices(database);
  const signIn = async (name: string) => {
    const person = await addPerson(database.kysely, clock, { name, role: 'viewer' });
    const { token } = await openSession(database.kysely, clock, person);
    return { cookie: `rialto=${token}` };
  };
  const [leaving, staying] = [await signIn('leaving'), await signIn('staying')];
  const [one, other] = [await connect(leaving), await connect(staying)];
  let ended = 0;
  for (const { reply } of [one, other]) reply.on('end', () => (ended += 1));
  const out = await fetch(`${address}/v1/session`, {
    method: 'DELETE',
    headers: { ...leaving, 'sec-fetch-site': 'same-origin' },
  });
  expect(out.status).toBe(200);
  await until(() => ended === 1);
  emit({ kind: 'warehouse.loaded', position: '7' });
  await until(() => other.text().includes('warehouse.loaded'));
  expect(one.text()).not.toContain('warehouse.loaded');
  expect((await connect(leaving)).reply.statusCode).toBe(401);
  other.leave();
});

test('a server that stops ends its streams', async () => {
  const own = await createServer({ services: emptyServices(database) });
  const at = await own.listen({ port: 0, host: '127.0.0.1' });
  const reply = await fetch(`${at}/v1/stream`, { headers: OWNER });
  const reading = reply.text();
  await own.close();
  expect(await reading).toContain('retry: 2000');
});
