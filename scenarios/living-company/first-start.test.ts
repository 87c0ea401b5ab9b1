/**
 * The first start of a newcomer: a company is founded and its history written while it can be asked
 * already. Killed in the middle, the next start goes on; a system of one's own puts it aside.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROUTES } from '#api-contract';
import type { ReplyOf } from '#api-contract';
import { localDate } from '#kernel/time';
import { writeWorkshop } from '../../src/main/workshop/write-workshop.ts';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';

const READY = "All of the sample company's books can be asked for now.";
const LONG_MS = 600_000; // A busy machine is slow, not broken.

let rialto: RunningRialto;
let dataDir: string;

beforeAll(async () => {
  rialto = await startRialto();
  ({ dataDir } = rialto);
}, 120_000);
afterAll(async () => {
  await rialto.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

const standing = async (): Promise<ReplyOf<'getLivingCompany'>> =>
  ROUTES.getLivingCompany.reply.parse(await rialto.request('GET', '/v1/living-company'));
const overview = async (): Promise<ReplyOf<'getOverview'>> =>
  ROUTES.getOverview.reply.parse(await rialto.request('GET', '/v1/overview'));

/** Asks for the orders of each month; what of them is known. */
async function monthsAsked(): Promise<number> {
  const asked = await rialto.command('ask', 'spend by month', '--json');
  const { status, rows } = ROUTES.askQuestion.reply.parse(JSON.parse(asked.output));
  return status === 'answered' ? rows.length : 0;
}

async function until(has: () => Promise<boolean>): Promise<void> {
  while (!(await has())) await pause(250);
}

test(
  'the first page has something to say at once, and can be asked while history is written',
  async () => {
    expect(rialto.printed()).toContain('A sample company is being founded.');
    const { integrations } = await overview();
    expect(integrations).toMatchObject([{ name: 'nordwerk', adapter: 'embedded', sample: true }]);
    await until(async () => (await standing()).last?.progress !== undefined);
    await until(async () => (await overview()).counts.purchaseOrders > 0);
    const { company } = await standing();
    expect(company).toMatchObject({ size: 'small', status: 'writing', isLive: true });
    await until(async () => (await monthsAsked()) > 0);
  },
  LONG_MS,
);

test(
  'killed in the middle it is gone on with, to the end',
  async () => {
    const before = (await standing()).company?.livedUntil;
    await rialto.stop('SIGKILL');
    rialto = await startRialto({ dataDir });
    expect(rialto.printed()).not.toContain('is being founded');
    await until(() => Promise.resolve(rialto.printed().includes(READY)));
    const { company, last } = await standing();
    expect(last).toMatchObject({ status: 'done', result: { refused: {} } });
    expect(company).toMatchObject({ status: 'resting', isLive: true, refused: {} });
    expect((company?.livedUntil ?? '') > (before ?? '')).toBe(true);
    const truth = readFileSync(join(dataDir, 'living-company', 'truth.jsonl'), 'utf8');
    expect(truth.trim().split('\n')).toHaveLength(last?.result?.oddities ?? -1);
  },
  LONG_MS,
);

test(
  'all that the ERP has is in the records, and nothing was held back',
  async () => {
    const { counts } = await overview();
    expect(counts).toMatchObject({ quarantined: 0 });
    expect(counts.purchaseOrders).toBeGreaterThan(150);
    expect(await monthsAsked()).toBeGreaterThanOrEqual(11);
    const { items } = ROUTES.listRuns.reply.parse(await rialto.request('GET', '/v1/runs'));
    expect(items.flatMap(({ notReady }) => notReady)).toEqual([]);
  },
  LONG_MS,
);

test(
  'a second start founds nothing, and a system of one’s own puts the company aside',
  async () => {
    await rialto.stop();
    rialto = await startRialto({ dataDir });
    expect(rialto.printed()).not.toContain('sample company');
    const folder = join(dataDir, 'workshop');
    await writeWorkshop({ folder, seed: 7, asOf: localDate('2025-06-30') });
    const words = ['file', '--name', 'works', '--path', folder, '--mapping', 'sample'];
    const connected = await rialto.command('connect', ...words);
    expect(connected).toMatchObject({ exitCode: 0 });
    expect(connected.output).toContain('The sample company has retired');
    const { counts, integrations } = await overview();
    expect(integrations.map(({ name }) => name)).toEqual(['works']);
    expect(counts).toMatchObject({ suppliers: 0, items: 0, purchaseOrders: 0 });
    expect((await standing()).company).toMatchObject({ isLive: false, status: 'resting' });
  },
  LONG_MS,
);
