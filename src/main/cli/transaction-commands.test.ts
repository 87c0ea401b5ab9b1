import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Transaction } from '#api-contract/transaction';
import type { Client } from './client.ts';
import { createTransaction, showTransaction } from './transaction-commands.ts';

const printed: string[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-transactions-'));
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** An owner who answers every call with this transaction. */
function owner(state: Transaction['state'], more: Partial<Transaction>, stays = true): Client {
  const transaction = {
    id: 'posting_1',
    integration: 'erp',
    state,
    attempts: 3,
    payload: {},
    story: [],
    ...more,
  };
  const call = () => Promise.resolve(transaction);
  return { address: '', stays, call: call as Client['call'] };
}

async function wished(client: Client): Promise<string> {
  const file = join(folder, 'wish.json');
  writeFileSync(file, '{}');
  const wanted = { integration: 'erp', operation: 'create-supplier', businessKey: 'S-1', file };
  await createTransaction({ client, json: false }, { ...wanted, dryRun: false });
  return printed.join('\n');
}

test('a wish that Rialto does not run for says that nothing is sent before it is started', async () => {
  expect(await wished(owner('intent', { attempts: 0 }))).not.toContain('npm start');
  expect(await wished(owner('intent', { attempts: 0 }, false))).toContain('npm start');
});

test('a wish that was booked before says as what, and that nothing is sent twice', async () => {
  const said = await wished(owner('accepted', { resultKey: '4711' }));
  expect(said).toContain(
    'asked for before: it is accepted, in erp as 4711. Nothing is sent twice.',
  );
});

test.each([
  ['intent', 'now: rialto dead-letters retry posting_1'],
  ['uncertain', 'rialto dead-letters settle posting_1'],
  ['dead', 'rialto dead-letters edit posting_1'],
  ['conflict', 'rialto conflicts list'],
] as const)('one that is %s is shown with the next step', async (state, step) => {
  await showTransaction({ client: owner(state, {}), json: false }, 'posting_1');
  expect(printed.join('\n')).toContain(step);
});
