import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from './client.ts';
import { postEntry, showEntries, showTrialBalance } from './ledger-commands.ts';

const printed: string[] = [];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rialto-ledger-'));
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void printed.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** An owner who answers every call with this, and keeps what was asked. */
function owner(reply: unknown): { client: Client; asked: unknown[] } {
  const asked: unknown[] = [];
  const call = (name: string, parts: unknown) => {
    asked.push([name, parts]);
    return Promise.resolve(reply);
  };
  return { client: { address: '', stays: true, call: call as Client['call'] }, asked };
}

test('a trial balance is a table with its totals last', async () => {
  const row = { account: '1400', name: { en: 'Bank', de: 'Bank' }, kind: 'asset' };
  const sums = { opening: '0.00', debit: '5.00', credit: '0.00', closing: '5.00' };
  const { client, asked } = owner({ rows: [{ ...row, ...sums }], totals: sums });
  await showTrialBalance({ client, json: false }, 'DE01', { to: '2026-03-31' });
  expect(asked).toEqual([
    ['getTrialBalance', { params: { entity: 'DE01' }, query: { to: '2026-03-31' } }],
  ]);
  expect(printed.at(-2)).toMatch(/1400 +Bank +0.00 +5.00 +0.00 +5.00/);
  expect(printed.at(-1)).toMatch(/total +0.00 +5.00/);
});

test('entries say how to go on', async () => {
  const lines = [
    { account: '6200', amount: '1.00', companyAmount: '1.00' },
    { account: '1400', amount: '-1.00', companyAmount: '-1.00' },
  ];
  const entry = { number: 'JE-2026-000001', postedOn: '2026-03-15', kind: 'manual', text: 'rent' };
  const { client } = owner({ items: [{ ...entry, currency: 'EUR', lines }], next: 'je_1' });
  await showEntries({ client, json: false }, 'DE01', {});
  expect(printed.join('\n')).toContain('JE-2026-000001');
  expect(printed.at(-1)).toBe('More: --after je_1');
});

test('an entry is read from a file, and a file that holds none is refused before it is sent', async () => {
  const file = join(folder, 'entry.json');
  const lines = [
    { account: '6200', amount: '1.00' },
    { account: '1400', amount: '-1.00' },
  ];
  const body = { postedOn: '2026-03-15', currency: 'EUR', text: 'rent', lines };
  const { client, asked } = owner({ id: 'je_1', number: 'JE-2026-000001' });
  writeFileSync(file, JSON.stringify(body));
  await postEntry({ client, json: false }, 'DE01', file);
  expect(asked).toMatchObject([['postJournalEntry', { params: { entity: 'DE01' }, body }]]);
  expect(printed.join('\n')).toContain('JE-2026-000001');
  writeFileSync(file, JSON.stringify({ ...body, lines: [] }));
  await expect(postEntry({ client, json: false }, 'DE01', file)).rejects.toMatchObject({
    code: 'main.bad-setting',
  });
});
