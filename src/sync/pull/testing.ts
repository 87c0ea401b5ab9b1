import type { Cursor, DocumentAdapter, DocumentsPage, SourceDocument } from '#adapter-kit';
import type { Json } from '#kernel';
import { instantOf } from '#kernel/time';
import type { DocumentPack } from '../mapping/document-pack.ts';

/** One thing in the source in memory, and when it was last touched, in its own ticks. */
type Thing = { content: Record<string, Json>; tick: number; gone: boolean };

/** How the source misbehaves. Each is asked at every page. */
export type Mischief = {
  readonly fails?: () => boolean; // The answer is lost.
  readonly repeats?: () => boolean; // The page before comes once more, as it was then.
  readonly pageSize?: number;
};

/**
 * A source in memory that tells its things by (tick, key), as an ERP does by change time and id,
 * with pages that move while they are read.
 */
export class MemorySource {
  readonly things = new Map<string, Map<string, Thing>>();
  /** Runs between pages: what the business does while we read. */
  meanwhile: () => void = () => undefined;
  mischief: Mischief = {};
  deletions: DocumentAdapter['capabilities']['deletions'] = 'reported';
  incremental = true;
  pagesAsked = 0;
  private tick = 0;

  put(entity: string, key: string, content: Record<string, Json>): void {
    this.tick += 1;
    const all = this.things.get(entity) ?? new Map<string, Thing>();
    this.things.set(entity, all.set(key, { content, tick: this.tick, gone: false }));
  }

  remove(entity: string, key: string): void {
    this.tick += 1;
    const all = this.things.get(entity);
    if (this.deletions === 'reported') {
      const thing = all?.get(key);
      if (thing !== undefined) all?.set(key, { ...thing, tick: this.tick, gone: true });
    } else all?.delete(key);
  }

  /** What is there now. */
  present(entity: string): ReadonlyMap<string, Record<string, Json>> {
    const all = [...(this.things.get(entity) ?? [])].filter(([, { gone }]) => !gone);
    return new Map(all.map(([key, { content }]) => [key, content]));
  }

  adapter(entities: readonly string[]): DocumentAdapter {
    const way = this.incremental ? ('incremental' as const) : ('snapshot' as const);
    return {
      name: 'memory',
      capabilities: {
        reads: Object.fromEntries(entities.map((entity) => [entity, way])),
        writes: [],
        deletions: this.deletions,
      },
      test: () => Promise.resolve([]),
      fetch: (entity, key) => {
        const content = this.present(entity).get(key);
        return Promise.resolve(content === undefined ? undefined : { key, content });
      },
      pull: (entity, from) =>
        this.pages(entity, from.after ?? cursor({ from: this.tick, tick: -1, key: '' })),
    };
  }

  /** A cursor is (tick when it began, tick and key of the last): keyset paging, as it should be. */
  private async *pages(entity: string, after: Cursor): AsyncIterable<DocumentsPage> {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by `cursor`.
    let at = JSON.parse(after) as Place;
    let before: DocumentsPage | undefined;
    for (;;) {
      this.pagesAsked += 1;
      await Promise.resolve();
      if (this.mischief.fails?.() === true) throw new Error('the answer was lost');
      if (before !== undefined && this.mischief.repeats?.() === true) yield before;
      const page = this.page(entity, at);
      before = { ...page, last: undefined } as unknown as DocumentsPage;
      yield page;
      if (page.last === true) return;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by `cursor`.
      at = JSON.parse(page.next) as Place;
      this.meanwhile();
    }
  }

  private page(entity: string, at: Place): DocumentsPage {
    const isSnapshot = at.tick < 0 || at.snapshot === true;
    const rest = [...(this.things.get(entity) ?? [])]
      .filter(([key, { tick }]) => tick > at.tick || (tick === at.tick && key > at.key))
      .filter(([, { gone }]) => !(isSnapshot && gone))
      .toSorted(([a, x], [b, y]) => x.tick - y.tick || (a < b ? -1 : 1));
    const size = this.mischief.pageSize ?? 3;
    const now = rest.slice(0, size);
    const documents = now.map(([key, { content, tick, gone }]): SourceDocument => {
      const changedAt = instantOf(1_700_000_000_000 + tick * 1000);
      return gone ? { key, content, changedAt, deleted: true } : { key, content, changedAt };
    });
    const [key, thing] = now.at(-1) ?? [at.key, { tick: Math.max(at.tick, 0) }];
    const next = cursor({ from: at.from, tick: thing.tick, key, snapshot: isSnapshot });
    if (now.length < rest.length) return { documents, problems: [], next };
    const changes = cursor({ from: at.from, tick: at.from, key: '\uFFFF', snapshot: false });
    const after = isSnapshot ? next : cursor({ from: at.from, tick: thing.tick, key });
    const page = { documents, problems: [], next: after, last: true } as const;
    return isSnapshot && this.incremental ? { ...page, changesFrom: changes } : page;
  }
}

type Place = { from: number; tick: number; key: string; snapshot?: boolean };
const cursor = (place: Place): Cursor => JSON.stringify(place) as Cursor;

/** Suppliers, and orders that point at them. */
export const DOCUMENT_PACK: DocumentPack = {
  name: 'documents',
  version: 1,
  title: 'A source of documents',
  adapter: 'memory',
  mappings: [
    {
      kind: 'purchase-order',
      from: 'orders',
      children: [{ as: 'lines', at: 'lines' }],
      where: { not: { equals: [{ column: 'type' }, { const: 'template' }] } },
      fields: {
        number: { column: 'name' },
        kind: { const: 'standard' },
        supplier: { column: 'party.id' },
        status: { const: 'issued' },
        issuedOn: { op: 'date', of: { column: 'day' } },
        currency: { const: 'EUR' },
        netAmount: { op: 'decimal', of: { column: 'total' } },
        lines: {
          op: 'from',
          child: 'lines',
          fields: {
            number: { op: 'position' },
            text: { column: 'text' },
            ordered: {
              op: 'quantity',
              of: { op: 'decimal', of: { column: 'quantity' } },
              unit: { const: 'C62' },
            },
            received: { const: '0' },
            rejected: { const: '0' },
            unitPrice: { op: 'decimal', of: { column: 'price' } },
            priceBase: { const: '1' },
            netAmount: { op: 'decimal', of: { column: 'total' } },
          },
        },
      },
      checks: [
        {
          field: 'netAmount',
          left: { column: 'total' },
          equals: { op: 'sum', child: 'lines', of: { column: 'total' } },
          reason: 'the header says {left}, its lines add up to {right}',
        },
      ],
    },
    {
      kind: 'supplier',
      from: 'parties',
      fields: {
        number: { column: 'code' },
        name: { column: 'name' },
        status: { const: 'active' },
      },
    },
  ],
};
