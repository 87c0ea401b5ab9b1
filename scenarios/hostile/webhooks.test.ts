/**
 * An ERP tells by itself what has changed, over real HTTP to a real process: in a storm, repeated,
 * out of order, beside a pull, and with the process killed between a delivery and its work.
 */
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { idOf } from '../../simulators/hostile-erp/document.ts';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';
import type { HostileErp } from '../../simulators/hostile-erp/start.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const ERP = join(import.meta.dirname, '..', '..', 'simulators', 'hostile-erp');
const WAIT_MS_MAX = 90_000;
const STORM = 120;

let folder: string;
let dataDir: string;
let erp: HostileErp;
let rialto: RunningRialto;
let secret: string;

const start = () => startRialto({ flags: ['--empty'], dataDir });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-told-'));
  dataDir = join(folder, 'data');
  erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 1 });
  rialto = await start();
  await connect();
}, 180_000);
afterAll(async () => {
  await rialto.stop();
  await erp.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const WEBHOOK = {
  proof: { kind: 'hmac', header: 'x-signature', algorithm: 'sha512', signs: '{timestamp}.{body}' },
  timestamp: { header: 'x-time', format: 'epoch-ms' },
  deliveryId: { path: 'delivery' },
  events: 'events',
  type: 'entity',
  meanings: [{ type: ['suppliers'], entity: 'suppliers', key: 'id' }],
};

async function connect(): Promise<void> {
  const text = readFileSync(join(ERP, 'profile.json'), 'utf8');
  const profile = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  await rialto.request('POST', '/v1/integrations', {
    name: 'erp',
    adapter: 'http',
    settings: {
      profile: JSON.stringify({ ...profile, webhook: WEBHOOK }),
      baseUrl: erp.url,
      networks: ['127.0.0.1'],
    },
    secrets: { clientId: 'rialto', clientSecret: 'secret' },
    mapping: 'impact',
  });
  const saved = await rialto.command('mappings', 'save', 'erp', '--file', join(ERP, 'pack.json'));
  expect(saved.output).toContain('Version 2 is in force');
  const made = await rialto.request('POST', '/v1/integrations/erp/webhook/secret', {});
  ({ secret } = z.object({ secret: z.string() }).parse(made));
  expect(await rialto.command('sync', 'erp')).toMatchObject({ exitCode: 0 });
}

async function deliver(delivery: string, ...ids: readonly string[]): Promise<number> {
  const events = ids.map((id) => ({
    entity: 'suppliers',
    id,
    name: 'what it says is not believed',
  }));
  const body = JSON.stringify({ delivery, events });
  const time = String(performance.timeOrigin + performance.now()).split('.')[0] ?? '';
  const signature = createHmac('sha512', secret).update(`${time}.${body}`).digest('hex');
  const reply = await fetch(`${rialto.address}/v1/webhooks/erp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-signature': signature, 'x-time': time },
    body,
  });
  await reply.arrayBuffer();
  return reply.status;
}

const Suppliers = z.object({ items: z.array(z.object({ number: z.string(), name: z.string() })) });

async function namesHere(): Promise<ReadonlyMap<string, string>> {
  const reply = await rialto.request('GET', '/v1/suppliers?pageSize=200&search=Told');
  return new Map(Suppliers.parse(reply).items.map(({ number, name }) => [number, name]));
}

function namesThere(): ReadonlyMap<string, string> {
  const told = erp.documents('suppliers').flatMap(({ fields }) => {
    const { number, name } = z.object({ number: z.string(), name: z.string() }).parse(fields);
    return name.startsWith('Told') ? [[number, name] as const] : [];
  });
  return new Map(told);
}

const Deliveries = z.object({ items: z.array(z.object({ state: z.string(), repeats: z.int() })) });

/** A delivery, once it is no longer waiting: that is noted after its documents are in. */
async function finished(delivery: string): Promise<unknown> {
  const path = `/v1/integrations/erp/webhook-deliveries?search=${delivery}`;
  for (let waited = 0; ; waited += 100) {
    const { items } = Deliveries.parse(await rialto.request('GET', path));
    if (items[0]?.state !== 'waiting' || waited > WAIT_MS_MAX) return items;
    await pause(100);
  }
}

/** Waits until what is here is what is there. */
async function agree(): Promise<void> {
  const until = performance.now() + WAIT_MS_MAX;
  for (;;) {
    const [here, there] = [await namesHere(), namesThere()];
    const same = [...there].every(([number, name]) => here.get(number) === name);
    if (same && here.size === there.size) return;
    if (performance.now() > until) throw new Error('what is here is not what is there');
    await pause(100);
  }
}

const rename = (n: number, name: string): string => {
  const id = idOf('suppliers', n);
  erp.edit('suppliers', id, { name: `Told ${name}` });
  return id;
};

test('a storm of deliveries, repeated and out of order, ends as the ERP has it', async () => {
  erp.setFaults({ throttle: 0.1, loseAnswer: 0.05 });
  const sending: Promise<number>[] = [];
  for (let n = 0; n < STORM; n += 1) {
    const id = rename((n % 9) + 1, `${n}`);
    sending.push(deliver(`storm-${n}`, id));
    if (n % 3 === 0) sending.push(deliver(`storm-${Math.floor(n / 2)}`, id));
    if (n === STORM / 2) void rialto.request('POST', '/v1/integrations/erp/runs', { full: true });
  }
  const answers = new Set(await Promise.all(sending));
  expect([...answers].toSorted((a, b) => a - b)).toEqual([200, 202]);
  await agree();
  erp.setFaults({});
}, 240_000);

test('a delivery that was taken is worked off after a kill', async () => {
  await erp.goDown();
  const id = rename(10, 'before the kill');
  expect(await deliver('killed', id)).toBe(202);
  await rialto.stop('SIGKILL');
  await erp.comeBack();
  rialto = await start();
  await agree();
  expect(await finished('killed')).toEqual([{ state: 'done', repeats: 0 }]);
  expect(await deliver('killed', id)).toBe(200);
}, 240_000);

test('what a held connection is told is kept, and looked at when it is let go', async () => {
  expect(await rialto.command('hold', 'erp', '--reason', 'year-end')).toMatchObject({
    exitCode: 0,
  });
  const id = rename(11, 'while it was held');
  expect(await deliver('held', id)).toBe(202);
  await pause(1_500);
  expect(await namesHere()).not.toEqual(namesThere());
  expect(await rialto.command('release', 'erp')).toMatchObject({ exitCode: 0 });
  await agree();
}, 240_000);
