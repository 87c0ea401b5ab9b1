/**
 * Files go wrong the way files do. Nothing wrong gets in, nothing is lost, the reason is said with
 * file and line, and a corrected file releases what waited.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';
import { ADVENTUREWORKS, hasAdventureWorks } from '../shared-data.ts';

const Synced = z.object({
  status: z.string(),
  entities: z.array(
    z.object({
      kind: z.string(),
      created: z.number(),
      changed: z.number(),
      deleted: z.number(),
      quarantined: z.number(),
      released: z.number(),
    }),
  ),
  notReady: z.array(z.object({ entity: z.string(), reason: z.string() })),
});

const Waiting = z.array(
  z.object({
    kind: z.string(),
    file: z.string(),
    line: z.number().nullish(),
    field: z.string().nullish(),
    value: z.string().nullish(),
    reason: z.string(),
  }),
);

describe.runIf(hasAdventureWorks)('a folder of files that goes wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rialto-bad-input-'));
  let rialto: RunningRialto;

  beforeAll(async () => {
    cpSync(ADVENTUREWORKS, folder, { recursive: true });
    settle(folder);
    rialto = await startRialto({ flags: ['--empty'] });
    const pack = ['--mapping', 'adventureworks'];
    await rialto.command('connect', 'file', '--name', 'works', '--path', folder, ...pack);
    await sync();
  }, 180_000);
  afterAll(async () => {
    await rialto?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const sync = async (): Promise<z.infer<typeof Synced>> => {
    const { output, errors } = await rialto.command('sync', 'works', '--json');
    try {
      return Synced.parse(JSON.parse(output));
    } catch (cause) {
      throw new Error(`sync said: ${output}${errors}`, { cause });
    }
  };
  const waiting = async (): Promise<z.infer<typeof Waiting>> => {
    const { output } = await rialto.command('quarantine', '--json');
    const parsed: unknown = JSON.parse(output);
    return Waiting.parse(z.object({ items: z.unknown() }).safeParse(parsed).data?.items ?? parsed);
  };
  const count = (
    run: z.infer<typeof Synced>,
    what: 'created' | 'changed' | 'deleted' | 'quarantined' | 'released',
  ): number => run.entities.reduce((sum, entity) => sum + entity[what], 0);
  const spoil = (file: string, change: (text: string) => string): void => {
    const path = join(folder, file);
    writeFileSync(path, change(readFileSync(path, 'latin1')), 'latin1');
    settle(folder);
  };
  const mend = (file: string): void => {
    cpSync(join(ADVENTUREWORKS, file), join(folder, file));
    settle(folder);
  };

  test('after one cell is edited exactly one record changes, and its history names the field', async () => {
    spoil('Vendor.csv', (text) => text.replace('Proseware, Inc.', 'Proseware Ltd.'));
    const run = await sync();
    expect([count(run, 'created'), count(run, 'changed'), count(run, 'quarantined')]).toEqual([
      0, 1, 0,
    ]);
    mend('Vendor.csv');
    expect(count(await sync(), 'changed')).toBe(1);
  }, 60_000);

  test.each([
    {
      wrong: 'a number where a date should be',
      file: 'PurchaseOrderHeader.csv',
      change: (text: string) =>
        text.replace('1580\t3\t2022-04-15 00:00:00.000', '1580\t3\t20220415'),
      line: 1,
    },
    {
      wrong: 'an order whose vendor does not exist',
      file: 'PurchaseOrderHeader.csv',
      change: (text: string) => text.replace('258\t1580\t3', '258\t999999\t3'),
      line: 1,
    },
    {
      wrong: 'a header total that differs from its lines',
      file: 'PurchaseOrderHeader.csv',
      change: (text: string) => text.replace('\t201.0400\t', '\t201.0500\t'),
      line: 1,
    },
    {
      wrong: 'a line with a missing column',
      file: 'Vendor.csv',
      change: (text: string) => text.replace('ALLENSON0001\t', ''),
      line: 2,
    },
  ])(
    '$wrong waits in quarantine, and a corrected file releases it',
    async ({ file, change, line }) => {
      spoil(file, change);
      const run = await sync();
      expect(count(run, 'quarantined')).toBeGreaterThan(0);
      expect(count(run, 'deleted')).toBe(0);
      const items = await waiting();
      expect(items).toContainEqual(expect.objectContaining({ file, line }));
      expect(items.every(({ reason }) => reason.length > 10)).toBe(true);

      mend(file);
      const mended = await sync();
      expect(count(mended, 'released')).toBeGreaterThan(0);
      expect(await waiting()).toEqual([]);
    },
    60_000,
  );

  test('a key that stands twice lets neither row in', async () => {
    spoil(
      'Vendor.csv',
      (text) => `${text}1492\tAGAIN0001\tAgain\t1\t1\t1\t\t2022-12-22 00:00:00.000\n`,
    );
    expect(count(await sync(), 'quarantined')).toBeGreaterThan(0);
    mend('Vendor.csv');
    await sync();
    expect(await waiting()).toEqual([]);
  }, 60_000);

  test('a last line that is cut off is said, and nothing is deleted', async () => {
    spoil('PurchaseOrderDetail.csv', (text) => text.slice(0, -40));
    const run = await sync();
    expect(count(run, 'deleted')).toBe(0);
    const said = [
      ...run.notReady.map(({ entity }) => entity),
      ...(await waiting()).map(({ file }) => file),
    ];
    expect(said.join(' ')).toContain('PurchaseOrderDetail');
    mend('PurchaseOrderDetail.csv');
    await sync();
    expect(await waiting()).toEqual([]);
  }, 60_000);

  test('bytes that are not of the encoding are named by line', async () => {
    spoil('Vendor.csv', (text) => text.replace('Allenson Cycles', 'Allens\u00f6n Cycles'));
    await sync();
    expect(await waiting()).toContainEqual(
      expect.objectContaining({ file: 'Vendor.csv', line: 2 }),
    );
    mend('Vendor.csv');
    await sync();
    expect(await waiting()).toEqual([]);
  }, 60_000);

  test('half a file is a question for a person, not a mass delete', async () => {
    spoil('PurchaseOrderHeader.csv', (text) =>
      text.split('\n').slice(0, 1000).join('\n').concat('\n'),
    );
    expect(count(await sync(), 'deleted')).toBe(0);
    mend('PurchaseOrderHeader.csv');
    const run = await sync();
    expect([count(run, 'created'), count(run, 'changed')]).toEqual([0, 0]);
  }, 60_000);
});

/** Sets every file's time back, so that none counts as still being written. */
function settle(folder: string): void {
  const restedAt = new Date(1_700_000_000_000);
  for (const file of ['Vendor.csv', 'PurchaseOrderHeader.csv', 'PurchaseOrderDetail.csv']) {
    utimesSync(join(folder, file), restedAt, restedAt);
  }
}
