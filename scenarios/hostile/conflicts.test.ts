/**
 * Both sides change the same document, through the whole product: what somebody changed in the ERP is
 * noticed though nobody named a version, stands in the queue, is decided, and goes out; a rule decides
 * the next; what Rialto wrote comes back as confirmed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '#kernel';
import { idOf } from '../../simulators/hostile-erp/document.ts';
import { startHostileErp } from '../../simulators/hostile-erp/start.ts';
import type { HostileErp } from '../../simulators/hostile-erp/start.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const ERP = join(import.meta.dirname, '..', '..', 'simulators', 'hostile-erp');
const SUPPLIER = idOf('suppliers', 1);
const WAIT_MS_MAX = 60_000;

let folder: string;
let erp: HostileErp;
let rialto: RunningRialto;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-conflicts-'));
  erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 1 });
  rialto = await startRialto({ flags: ['--empty'] });
  process.env['HOSTILE_TEST_SECRET'] = 'secret';
  process.env['HOSTILE_TEST_CLIENT'] = 'rialto';
  const profile = readFileSync(join(ERP, 'profile.json'), 'utf8');
  const set = { profile, baseUrl: erp.url, networks: '127.0.0.1' };
  const settings = Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const secrets = ['clientId=env:HOSTILE_TEST_CLIENT', 'clientSecret=env:HOSTILE_TEST_SECRET'];
  await command('connect', 'http', '--name', 'erp', ...settings, ...secrets.flatMap(asSecret));
  await command('mappings', 'save', 'erp', '--file', join(ERP, 'pack.json'));
}, 120_000);
afterAll(async () => {
  await rialto.stop();
  await erp.stop();
  rmSync(folder, { recursive: true, force: true });
});

const asSecret = (each: string): readonly string[] => ['--secret', each];

async function command(...args: string[]): Promise<string> {
  const { exitCode, output, errors } = await rialto.command(...args);
  expect([exitCode, errors]).toEqual([0, '']);
  return output;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let waited = 0; ; waited += 200) {
    const found = await look();
    if (found !== undefined) return found;
    if (waited > WAIT_MS_MAX) throw new Error('waited too long');
    await pause(200);
  }
}

const Conflicts = z.object({
  total: z.number(),
  items: z.array(
    z.object({
      id: z.string(),
      asks: z.array(z.string()),
      outcome: z.string().optional(),
      transactionId: z.string(),
    }),
  ),
});
const Detail = z.object({ fields: z.array(z.looseObject({ field: z.string() })) });
const Asked = z.object({ id: z.string() });
const Booked = z.object({ state: z.string() });

const conflictOf = (transaction: string, state: string) =>
  until(async () => {
    const list = Conflicts.parse(await rialto.request('GET', `/v1/conflicts?state=${state}`));
    return list.items.find(({ transactionId }) => transactionId === transaction);
  });
/** Somebody here wants a change; somebody there makes one meanwhile. */
async function meet(key: string, ours: JsonObject, theirs: JsonObject): Promise<string> {
  const read: unknown = JSON.parse(await command('sync', 'erp', '--json'));
  expect(read).toMatchObject({ status: 'done' });
  await command('hold', 'erp', '--reason', 'both change it');
  const wish = { integration: 'erp', operation: 'update-supplier', businessKey: key };
  const body = { ...wish, payload: ours, target: { key: SUPPLIER } };
  const asked = await rialto.request('POST', '/v1/transactions', body);
  erp.edit('suppliers', SUPPLIER, theirs);
  await command('release', 'erp');
  return Asked.parse(asked).id;
}
const there = (): unknown => erp.documents('suppliers').find(({ id }) => id === SUPPLIER)?.fields;

test('a change that met another is asked, field by field, and goes out as decided', async () => {
  const asked = await meet('one', { name: 'Ours', city: 'Wien' }, { name: 'Theirs' });
  const { id, asks } = await conflictOf(asked, 'open');
  expect(asks).toEqual(['name']);
  const detail = Detail.parse(await rialto.request('GET', `/v1/conflicts/${id}`));
  expect(detail.fields).toMatchObject([
    { field: 'city', side: 'ours', take: 'ours', ours: 'Wien' },
    { field: 'name', side: 'both', take: 'ask', ours: 'Ours', theirs: 'Theirs' },
  ]);
  expect(await command('conflicts', 'list')).toContain(id);
  expect(await command('conflicts', 'show', id)).toContain('"Theirs"');
  await command('conflicts', 'decide', id, '--take', 'name=theirs', '--reason', 'they asked them');
  await until(() => Promise.resolve(isCity('Wien') ? true : undefined));
  expect(there()).toMatchObject({ name: 'Theirs', city: 'Wien' });
  const events = JSON.stringify(await rialto.request('GET', '/v1/audit-events'));
  expect(events).toContain('conflicts.decided');
  expect(events).toContain('they asked them');
});

const isCity = (city: string): boolean => JSON.stringify(there()).includes(`"city":"${city}"`);

test('what was sent is read back as confirmed, and is nobody’s change', async () => {
  const Run = z.object({ entities: z.array(z.looseObject({ kind: z.string() })) });
  const run = Run.parse(JSON.parse(await command('sync', 'erp', '--json')));
  expect(run.entities.find(({ kind }) => kind === 'supplier')).toMatchObject({
    echoed: 1,
    changed: 0,
  });
});

test('a rule decides the next one by itself', async () => {
  await command('conflict-rules', 'set', 'erp', 'supplier', 'name=ours', '--note', 'we know');
  expect(await command('conflict-rules', 'list', 'erp')).toContain('ours');
  const asked = await meet('two', { name: 'Ours again' }, { name: 'Theirs again', city: 'Graz' });
  const { outcome } = await conflictOf(asked, 'settled');
  expect(outcome).toBe('sent');
  await until(() =>
    Promise.resolve(JSON.stringify(there()).includes('Ours again') ? true : undefined),
  );
  expect(there()).toMatchObject({ name: 'Ours again', city: 'Graz' });
  expect(Booked.parse(await rialto.request('GET', `/v1/transactions/${asked}`)).state).toBe(
    'dismissed',
  );
  expect(await command('conflict-rules', 'versions', 'erp', 'supplier')).toContain('we know');
});
