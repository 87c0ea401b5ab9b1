/** Changes of a real server, read in pages as small as can be: none is lost between two of them. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Cursor, PullFrom } from '#adapter-kit';
import { cursorOf } from './cursor.ts';
import { ENTITIES } from './entities.ts';
import { startTryton, TRYTON_START_MS_MAX } from './testing.ts';
import type { RunningTryton } from './testing.ts';
import { connectAsRialto } from './testing/connect.ts';
import { trade } from './testing/trade.ts';

vi.setConfig({ testTimeout: 120_000 });

let tryton: RunningTryton;

beforeAll(async () => {
  tryton = await startTryton();
  for (let day = 0; day < 3; day += 1) await trade(tryton.admin, tryton.company);
}, TRYTON_START_MS_MAX);
afterAll(async () => tryton.stop());

async function read(entity: string, from: PullFrom, documentsPerPage: number) {
  const keys = new Set<string>();
  let pages = 0;
  const adapter = connectAsRialto(tryton, { documentsPerPage });
  for await (const page of adapter.pull(entity, from, AbortSignal.timeout(60_000))) {
    pages += 1;
    for (const { key } of page.documents) keys.add(key);
  }
  return { keys: [...keys].toSorted(), pages };
}

/** From before anything was changed. */
function beginningOf(entity: string): Cursor {
  const place = { at: '1970-01-01T00:00:00.000000', id: '0' };
  const streams = (ENTITIES[entity]?.streams ?? []).map(() => ({ written: place, created: place }));
  return cursorOf({ mode: 'changes', streams, done: false });
}

test.each(Object.keys(ENTITIES).filter((name) => ENTITIES[name]?.streams.length !== 0))(
  'all changes of %s, two at a time, are all that a snapshot holds',
  async (entity) => {
    const whole = await read(entity, { mode: 'snapshot' }, 200);
    const changed = await read(entity, { mode: 'changes', after: beginningOf(entity) }, 2);
    expect(changed.keys).toEqual(whole.keys);
    expect(whole.keys.length).toBeGreaterThan(1);
    expect(changed.pages).toBeGreaterThan(1);
    const stepwise = await read(entity, { mode: 'snapshot' }, 1);
    expect(stepwise.keys).toEqual(whole.keys);
  },
);
