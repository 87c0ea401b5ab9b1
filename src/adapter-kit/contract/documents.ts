/** What every source of documents promises. Called through `#adapter-kit/testing`. */
import { describe, expect, test } from 'vitest';
import type { DocumentAdapter } from '../adapter.ts';
import type { DocumentsPage, PullFrom } from '../source-document.ts';

const PAGE_DOCUMENTS_MAX = 2000;
const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** An adapter of a source that has documents, and the source itself, to change things there. */
export type DocumentBench = {
  readonly adapter: DocumentAdapter;
  /** Changes one document of an incremental entity beside the adapter; gives its key. */
  readonly touch?: (entity: string) => Promise<string>;
};

/** Runs the suite; every call of `connect` gives a source whose documents are at rest. */
export function describeDocumentAdapterContract(
  system: string,
  connect: () => Promise<DocumentBench>,
): void {
  describe(`${system} keeps what a source of documents promises`, () => {
    describeConnection(connect);
    describeSnapshots(connect);
    describeChanges(connect);
  });
}

function describeConnection(connect: () => Promise<DocumentBench>): void {
  test('every check of the connection answers', async () => {
    const { adapter } = await connect();
    const checks = await adapter.test(patience());
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
  });

  test('a stopped signal ends the reading', async () => {
    const { adapter } = await connect();
    for (const entity of entitiesOf(adapter)) {
      const stopped = AbortSignal.abort();
      const reading = pagesOf(adapter, entity, { mode: 'snapshot' }, stopped);
      await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
      await expect(adapter.fetch(entity, 'x', stopped)).rejects.toMatchObject({
        name: 'AbortError',
      });
    }
  });

  test('an entity that does not exist is not found', async () => {
    const { adapter } = await connect();
    const reading = pagesOf(adapter, 'no-such-entity', { mode: 'snapshot' });
    await expect(reading).rejects.toMatchObject({ kind: 'not-found' });
    const fetching = adapter.fetch('no-such-entity', 'x', patience());
    await expect(fetching).rejects.toMatchObject({ kind: 'not-found' });
  });
}

function describeSnapshots(connect: () => Promise<DocumentBench>): void {
  test('a snapshot has documents, at most 2,000 on a page, each key once, and one last page', async () => {
    const { adapter } = await connect();
    expect(entitiesOf(adapter).length).toBeGreaterThan(0);
    for (const entity of entitiesOf(adapter)) {
      const pages = await pagesOf(adapter, entity, { mode: 'snapshot' });
      const keys = keysOf(pages);
      expect(keys.length).toBeGreaterThan(0);
      expect(new Set(keys).size).toBe(keys.length);
      expect(pages.every(({ documents }) => documents.length <= PAGE_DOCUMENTS_MAX)).toBe(true);
      expect(pages.map(({ last }) => last === true)).toEqual(pages.map(isLast));
      const incremental = adapter.capabilities.reads[entity] === 'incremental';
      expect(pages.at(-1)?.changesFrom !== undefined).toBe(incremental);
    }
  });

  test('reading twice yields the same documents', async () => {
    const { adapter } = await connect();
    for (const entity of entitiesOf(adapter)) {
      const [one, two] = [await snapshotOf(adapter, entity), await snapshotOf(adapter, entity)];
      expect(two.flatMap(({ documents }) => documents)).toEqual(
        one.flatMap(({ documents }) => documents),
      );
    }
  });

  test("a snapshot resumed from any page's next yields the rest, and says when it is complete", async () => {
    const { adapter } = await connect();
    for (const entity of entitiesOf(adapter)) {
      const pages = await snapshotOf(adapter, entity);
      for (const [at, { next }] of pages.entries()) {
        const rest = await pagesOf(adapter, entity, { mode: 'snapshot', after: next });
        const [seen, expected] = [keysOf(rest), keysOf(pages.slice(at + 1))];
        expect(expected.filter((key) => !seen.includes(key))).toEqual([]);
        expect(rest.at(-1)?.last).toBe(true);
      }
      const end = endOf(pages);
      expect(keysOf(await pagesOf(adapter, entity, end))).toEqual([]);
    }
  });

  test('a document is fetched by its key as the snapshot gave it; an unknown key is none', async () => {
    const { adapter } = await connect();
    for (const entity of entitiesOf(adapter)) {
      const [document] = (await snapshotOf(adapter, entity)).flatMap(({ documents }) => documents);
      const fetched = await adapter.fetch(entity, document?.key ?? '', patience());
      expect(fetched).toEqual(document);
      expect(await adapter.fetch(entity, '999999999', patience())).toBeUndefined();
    }
  });
}

function describeChanges(connect: () => Promise<DocumentBench>): void {
  test('what changed after a snapshot is found from where it says changes begin', async () => {
    const { adapter, touch } = await connect();
    for (const entity of incrementalOf(adapter)) {
      const after = changesFromOf(await snapshotOf(adapter, entity));
      const key = await touched(touch, entity);
      const pages = await pagesOf(adapter, entity, { mode: 'changes', after });
      expect(keysOf(pages)).toContain(key);
      expect(pages.at(-1)?.last).toBe(true);
    }
  });

  test('what changed while a snapshot was read is found from where it says changes begin', async () => {
    const { adapter, touch } = await connect();
    for (const entity of incrementalOf(adapter)) {
      const pages: DocumentsPage[] = [];
      let key: string | undefined;
      for await (const page of adapter.pull(entity, { mode: 'snapshot' }, patience())) {
        pages.push(page);
        key ??= await touched(touch, entity);
      }
      const after = changesFromOf(pages);
      expect(keysOf(await pagesOf(adapter, entity, { mode: 'changes', after }))).toContain(key);
    }
  });

  test('what changed before a snapshot was resumed is found as well', async () => {
    const { adapter, touch } = await connect();
    for (const entity of incrementalOf(adapter)) {
      const [first] = await snapshotOf(adapter, entity);
      const key = await touched(touch, entity);
      const resumed = { mode: 'snapshot', ...(first && { after: first.next }) } as const;
      const after = changesFromOf(await pagesOf(adapter, entity, resumed));
      expect(keysOf(await pagesOf(adapter, entity, { mode: 'changes', after }))).toContain(key);
    }
  });

  test("changes resumed from any page's next miss nothing, not even what comes later", async () => {
    const { adapter, touch } = await connect();
    for (const entity of incrementalOf(adapter)) {
      const from = changesFromOf(await snapshotOf(adapter, entity));
      const pages = await pagesOf(adapter, entity, { mode: 'changes', after: from });
      const key = await touched(touch, entity);
      for (const { next } of pages) {
        const rest = await pagesOf(adapter, entity, { mode: 'changes', after: next });
        const after = rest.at(-1)?.next ?? next;
        const later = await pagesOf(adapter, entity, { mode: 'changes', after });
        expect(keysOf([...rest, ...later])).toContain(key);
      }
    }
  });
}

const entitiesOf = ({ capabilities }: DocumentAdapter): string[] =>
  Object.keys(capabilities.reads).toSorted();

const incrementalOf = (adapter: DocumentAdapter): string[] =>
  entitiesOf(adapter).filter((entity) => adapter.capabilities.reads[entity] === 'incremental');

const isLast = (_: unknown, at: number, all: readonly unknown[]): boolean => at === all.length - 1;

const keysOf = (pages: readonly DocumentsPage[]): string[] =>
  pages.flatMap(({ documents }) => documents.map(({ key }) => key));

const snapshotOf = async (adapter: DocumentAdapter, entity: string): Promise<DocumentsPage[]> =>
  await pagesOf(adapter, entity, { mode: 'snapshot' });

async function pagesOf(
  adapter: DocumentAdapter,
  entity: string,
  from: PullFrom,
  stop = patience(),
): Promise<DocumentsPage[]> {
  const pages: DocumentsPage[] = [];
  for await (const page of adapter.pull(entity, from, stop)) pages.push(page);
  return pages;
}

function changesFromOf(pages: readonly DocumentsPage[]): NonNullable<DocumentsPage['changesFrom']> {
  const from = pages.at(-1)?.changesFrom;
  if (from === undefined) throw new Error('the last page says not from where changes begin');
  return from;
}

/** From after the last page of a snapshot, where nothing is left. */
function endOf(pages: readonly DocumentsPage[]): PullFrom {
  const last = pages.at(-1);
  return { mode: 'snapshot', ...(last && { after: last.next }) };
}

async function touched(touch: DocumentBench['touch'], entity: string): Promise<string> {
  if (touch === undefined) throw new Error(`'${entity}' is incremental: the bench must touch it`);
  return await touch(entity);
}
