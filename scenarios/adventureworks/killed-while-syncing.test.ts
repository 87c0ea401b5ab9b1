/**
 * The server is killed (SIGKILL) in the middle of a first sync, at several moments. Started again
 * on the same folder, it goes on: every record is there once, and the log holds one entry each.
 */
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRialto } from '../running-rialto.ts';
import type { RunningRialto } from '../running-rialto.ts';
import { ADVENTUREWORKS, hasAdventureWorks } from '../shared-data.ts';

const Total = z.object({ total: z.number() });
const Items = z.object({ items: z.array(z.object({ id: z.string() })) });
const Synced = z.object({ status: z.string(), entities: z.array(z.object({ kind: z.string() })) });

describe.runIf(hasAdventureWorks)('a server that is killed while it syncs', () => {
  test('loses nothing and doubles nothing', async () => {
    let rialto = await startRialto({ flags: ['--empty'] });
    const { dataDir } = rialto;
    try {
      const from = ['--name', 'works', '--path', ADVENTUREWORKS];
      await rialto.command('connect', 'file', ...from, '--mapping', 'adventureworks');
      for (const afterMs of [300, 900, 1_500]) {
        await rialto.request('POST', '/v1/integrations/works/runs', {});
        await pause(afterMs);
        await rialto.stop('SIGKILL');
        rialto = await startRialto({ dataDir, flags: ['--empty'] });
      }
      const { output, errors } = await rialto.command('sync', 'works', '--json');
      expect(`${errors}${Synced.parse(JSON.parse(output)).status}`).toBe('done');

      expect(await totalOf(rialto, '/v1/purchase-orders?pageSize=1')).toBe(4012);
      expect(await totalOf(rialto, '/v1/suppliers?pageSize=1')).toBe(104);
      expect(await totalOf(rialto, '/v1/items?pageSize=1')).toBe(504);
      const orders = await rialto.request('GET', '/v1/purchase-orders?pageSize=20');
      for (const { id } of Items.parse(orders).items) {
        const changes = Items.or(z.object({ items: z.array(z.unknown()) })).parse(
          await rialto.request('GET', `/v1/records/${id}/changes`),
        );
        expect(changes.items).toHaveLength(1);
      }
    } finally {
      await rialto.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 240_000);
});

async function totalOf(rialto: RunningRialto, path: string): Promise<number> {
  return Total.parse(await rialto.request('GET', path)).total;
}
