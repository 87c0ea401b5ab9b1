/** The law of paging: whatever is put in or taken out meanwhile, a row that stays is read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentsPage } from '#adapter-kit';
import type { Transport } from '#adapter-kit/http';
import { stillClock } from '#adapter-kit/testing';
import { RialtoError } from '#kernel';
import { connectHttp, parseHttpProfile } from '../index.ts';

const ROWS = 7;
const RUNS = 300;
const patience = (): AbortSignal => AbortSignal.timeout(20_000);

/** One thing that happens between two requests: so many rows go, or come, at a place (0 to 1). */
type Event = { readonly at: number; readonly gone: number; readonly come: number };
type Source = {
  readonly ids: number[];
  readonly stayed: () => number[];
  readonly transport: Transport;
};

/** A list that shifts by one event with each request; `total` is stated or not. */
function sourceOf(count: number, events: readonly Event[], states: boolean): Source {
  const ids = Array.from({ length: count }, (_, at) => at + 1);
  const left = [...events];
  let fresh = 100_000;
  const shift = ({ at, gone, come }: Event): void => {
    const place = Math.floor(at * ids.length);
    ids.splice(place, gone, ...Array.from({ length: come }, () => (fresh += 1)));
  };
  const transport: Transport = async ({ url }) => {
    const query = new URL(url).searchParams;
    const page = query.get('page');
    const start = page === null ? Number(query.get('offset')) : (Number(page) - 1) * ROWS;
    const data = ids.slice(start, start + ROWS).map((id) => ({ id }));
    const body = JSON.stringify(states ? { data, total: ids.length } : { data });
    const event = left.shift();
    if (event !== undefined) shift(event);
    return await Promise.resolve({ status: 200, headers: {}, body });
  };
  return { ids, stayed: () => ids.filter((id) => id <= count), transport };
}

const counted = { size: { parameter: 'limit', rows: ROWS } };
const connect = (style: 'offset' | 'page', total: boolean, transport: Transport) =>
  connectHttp({
    profile: parseHttpProfile({
      name: 'shifting',
      version: 1,
      title: 'Shifting',
      auth: { kind: 'none' },
      entities: {
        rows: {
          path: '/rows',
          paging: { style, parameter: style, ...counted, ...(total ? { total: 'total' } : {}) },
          records: 'data',
          key: 'id',
          detail: { path: '/rows/{key}' },
        },
      },
    }),
    baseUrl: 'https://shifting.test',
    transport,
    ...stillClock(),
  });

/** The keys that came; undefined: it gave up, saying that the rows shift too fast. */
async function read(pages: AsyncIterable<DocumentsPage>): Promise<Set<number> | undefined> {
  const keys = new Set<number>();
  try {
    for await (const { documents } of pages) for (const { key } of documents) keys.add(Number(key));
    return keys;
  } catch (error) {
    if (error instanceof RialtoError && error.code === 'http.source-shifted') return undefined;
    throw error;
  }
}

const event = (most: number): fc.Arbitrary<Event> =>
  fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    gone: fc.nat(most),
    come: fc.nat(most),
  });

test.each(['offset', 'page'] as const)('by %s no row that stays is passed over', async (style) => {
  const most = ROWS * 2;
  await fc.assert(
    fc.asyncProperty(
      fc.nat(60),
      fc.array(event(most), { maxLength: 30 }),
      fc.boolean(),
      async (count, events, total) => {
        const source = sourceOf(count, events, total);
        const adapter = connect(style, total, source.transport);
        const keys = await read(adapter.pull('rows', { mode: 'snapshot' }, patience()));
        if (keys === undefined) return;
        expect(source.stayed().filter((id) => !keys.has(id))).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
});

test.each(['offset', 'page'] as const)(
  'by %s a pause in between changes nothing of that',
  async (style) => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.array(event(ROWS * 3), { maxLength: 20 }),
        fc.nat(8),
        fc.boolean(),
        async (count, events, pause, total) => {
          const source = sourceOf(count, events, total);
          const adapter = connect(style, total, source.transport);
          const keys = new Set<number>();
          let after: DocumentsPage['next'] | undefined;
          let pages = 0;
          const first = adapter.pull('rows', { mode: 'snapshot' }, patience());
          const until = (async function* until() {
            for await (const page of first) {
              after = page.next;
              yield page;
              pages += 1;
              if (pages > pause) return;
            }
          })();
          for (const key of (await read(until)) ?? []) keys.add(key);
          if (after === undefined) return; // It gave up before its first page.
          const rest = await read(adapter.pull('rows', { mode: 'snapshot', after }, patience()));
          if (rest === undefined) return;
          const missing = source.stayed().filter((id) => !keys.has(id) && !rest.has(id));
          expect(missing).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  },
);

const COUNTS = Array.from({ length: 3 * ROWS + 1 }, (_, count) => count);

test.each(['offset', 'page'] as const)('by %s rows at rest are read once each', async (style) => {
  for (const [count, total] of COUNTS.flatMap((one) => [
    [one, true] as const,
    [one, false] as const,
  ])) {
    const { transport } = sourceOf(count, [], total);
    const keys: number[] = [];
    const pages = connect(style, total, transport).pull('rows', { mode: 'snapshot' }, patience());
    for await (const { documents } of pages) keys.push(...documents.map(({ key }) => Number(key)));
    expect(keys).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  }
});
