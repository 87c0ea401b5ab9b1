/** What every adapter promises. An adapter's `contract.test.ts` calls this and adds nothing. */
import { describe, expect, test } from 'vitest';
import type { RowAdapter } from './adapter.ts';
import type { Cursor, RowsPage } from './row.ts';

export { describeDocumentAdapterContract } from './contract/documents.ts';
export type { DocumentBench } from './contract/documents.ts';
export { recordingTransport, replayingTransport } from './http/recording.ts';
export { startServer, stillClock } from './http/testing.ts';
export type { LocalServer, Reply, SeenRequest } from './http/testing.ts';
export { describeWriterContract } from './contract/writer.ts';
export type { WriterBench } from './contract/writer.ts';

const PAGE_ROWS_MAX = 2000;
const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** Runs the suite; `connect` gives an adapter of a source that is at rest and has rows. */
export function describeAdapterContract(system: string, connect: () => Promise<RowAdapter>): void {
  describe(`${system} keeps what an adapter promises`, () => {
    test('every check of the connection answers', async () => {
      const checks = await (await connect()).test(patience());
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(checks.length).toBeGreaterThan(0);
    });

    test('a survey names every readable entity, and an unchanged source twice alike', async () => {
      const adapter = await connect();
      const states = await adapter.survey(patience());
      expect(states.map(({ entity }) => entity).toSorted()).toEqual(entitiesOf(adapter));
      expect(states.filter(({ ready }) => !ready)).toEqual([]);
      expect(states.every(({ fingerprint }) => /^[0-9a-f]{64}$/.test(fingerprint))).toBe(true);
      expect(await (await connect()).survey(patience())).toEqual(states);
    });

    test('a page holds at most 2,000 rows, in source order, and none is empty', async () => {
      const adapter = await connect();
      for (const entity of entitiesOf(adapter)) {
        const pages = await pagesOf(adapter, entity);
        for (const { rows, problems } of pages) {
          expect(rows.length).toBeLessThanOrEqual(PAGE_ROWS_MAX);
          expect(rows.length + problems.length).toBeGreaterThan(0);
        }
        const lines = pages.flatMap(({ rows }) => rows.map(({ line }) => line));
        expect(lines.every((line, at) => at === 0 || line > (lines[at - 1] ?? 0))).toBe(true);
      }
    });

    test('reading twice yields the same pages', async () => {
      const adapter = await connect();
      for (const entity of entitiesOf(adapter)) {
        expect(await pagesOf(adapter, entity)).toEqual(await pagesOf(adapter, entity));
      }
    });

    test('resuming from any page yields the pages after it, and only those', async () => {
      const adapter = await connect();
      for (const entity of entitiesOf(adapter)) {
        const pages = await pagesOf(adapter, entity);
        for (const [at, { next }] of pages.entries()) {
          expect(await pagesOf(adapter, entity, next)).toEqual(pages.slice(at + 1));
        }
      }
    });

    test('a stopped signal ends the reading', async () => {
      const adapter = await connect();
      for (const entity of entitiesOf(adapter)) {
        const reading = pagesOf(adapter, entity, undefined, AbortSignal.abort());
        await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
      }
    });

    test('an entity that does not exist cannot be read', async () => {
      const reading = pagesOf(await connect(), 'no-such-entity');
      await expect(reading).rejects.toMatchObject({ kind: 'not-found' });
    });
  });
}

const entitiesOf = ({ capabilities }: RowAdapter): string[] =>
  Object.keys(capabilities.reads).toSorted();

async function pagesOf(
  adapter: RowAdapter,
  entity: string,
  after?: Cursor,
  stop = patience(),
): Promise<RowsPage[]> {
  const pages: RowsPage[] = [];
  for await (const page of adapter.read(entity, after, stop)) pages.push(page);
  return pages;
}
