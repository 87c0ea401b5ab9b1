import { createHash } from 'node:crypto';
import type { RowAdapter, Cursor, RowProblem, SourceRow } from '#adapter-kit';
import type { Pack } from './mapping/pack.ts';

/**
 * Files in memory: by entity, lines of cells separated by `|`. A line `?why` cannot be read, `?why~1|2`
 * only from its third column on.
 */
export type Files = Record<string, string[]>;

/** A source in memory that reads two rows a page, so that pages matter. */
export function sourceOf(
  pack: Pack,
  files: Files,
  onPage: () => void = () => undefined,
): RowAdapter {
  return {
    name: 'memory',
    capabilities: { reads: {}, writes: [], deletions: 'found-by-snapshot' },
    test: () => Promise.resolve([]),
    survey: () =>
      Promise.resolve(
        Object.keys(pack.layout.entities).map((entity) => {
          const lines = files[entity];
          const text = JSON.stringify(lines ?? []);
          const fingerprint = createHash('sha256').update(text).digest('hex');
          return lines === undefined
            ? { entity, fingerprint, ready: false, notReadyBecause: `${entity}.csv is not there` }
            : { entity, fingerprint, ready: true };
        }),
      ),
    async *read(entity) {
      const columns = pack.layout.entities[entity]?.columns ?? [];
      const lines = files[entity] ?? [];
      for (let start = 0; start < lines.length; start += 2) {
        onPage();
        await Promise.resolve();
        const rows: SourceRow[] = [];
        const problems: RowProblem[] = [];
        for (const [at, text] of lines.slice(start, start + 2).entries()) {
          const place = { file: `${entity}.csv`, line: start + at + 1 };
          const cells = text.split('|');
          const values = Object.fromEntries(columns.map((name, n) => [name, cells[n] ?? null]));
          if (text.startsWith('?')) problems.push(problemOf(place, text));
          else rows.push({ ...place, values });
        }
        yield { rows, problems, next: String(start + 2) as Cursor };
      }
    },
  };
}

function problemOf(place: Pick<RowProblem, 'file' | 'line'>, text: string): RowProblem {
  const [reason = '', certain] = text.slice(1).split('~');
  const cells = certain === undefined ? {} : { cells: certain.split('|') };
  return { ...place, reason, raw: text, ...cells };
}

const decimal = (column: string) => ({ op: 'decimal' as const, of: { column } });

/** Suppliers, items and orders with lines, as small as they can be. */
export const TEST_PACK: Pack = {
  name: 'test-source',
  version: 1,
  title: 'A test source',
  adapter: 'file',
  layout: {
    entities: {
      vendors: { columns: ['id', 'name', 'since'] },
      towns: { columns: ['vendor', 'town'] },
      items: { columns: ['id', 'name'] },
      orders: { columns: ['id', 'vendor', 'day', 'total'] },
      lines: { columns: ['order', 'number', 'item', 'quantity', 'price', 'total'] },
    },
  },
  mappings: [
    {
      kind: 'supplier',
      from: 'vendors',
      key: { column: 'id' },
      lookups: [{ as: 'town', entity: 'towns', on: { vendor: 'id' } }],
      fields: {
        number: { column: 'id' },
        name: { column: 'name' },
        status: { const: 'active' },
        city: { op: 'ref', lookup: 'town', column: 'town' },
        extensions: {
          op: 'object',
          fields: { since: { op: 'date', of: { column: 'since' } } },
        },
      },
    },
    {
      kind: 'item',
      from: 'items',
      key: { column: 'id' },
      lookups: [{ as: 'nothing', entity: 'towns', on: { vendor: 'name' } }],
      fields: {
        number: { column: 'id' },
        name: { column: 'name' },
        kind: { const: 'stock' },
        status: { const: 'active' },
        baseUnit: { const: 'C62' },
        categoryPath: { op: 'list', of: [{ const: 'All' }] },
        supplierItems: { op: 'list', of: [{ op: 'ref', lookup: 'nothing', column: 'town' }] },
      },
    },
    {
      kind: 'purchase-order',
      from: 'orders',
      key: { column: 'id' },
      children: [{ as: 'lines', entity: 'lines', on: { order: 'id' }, orderBy: 'number' }],
      fields: {
        number: { column: 'id' },
        kind: { const: 'standard' },
        supplier: { column: 'vendor' },
        status: { const: 'issued' },
        issuedOn: { op: 'date', of: { column: 'day' } },
        currency: { const: 'EUR' },
        netAmount: decimal('total'),
        lines: {
          op: 'from',
          child: 'lines',
          fields: {
            number: { column: 'number' },
            item: { column: 'item' },
            ordered: { op: 'quantity', of: decimal('quantity'), unit: { const: 'C62' } },
            received: { const: '0' },
            rejected: { const: '0' },
            unitPrice: decimal('price'),
            priceBase: { const: '1' },
            netAmount: decimal('total'),
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
  ],
};

/** Three suppliers, two items and `count` orders of two lines each. */
export function testFiles(count = 5): Files {
  const orders = Array.from({ length: count }, (_, at) => at + 1);
  return {
    vendors: ['1|Allenson|2020-01-31', '2|Bergamo|2021-02-28 10:00:00.000', '3|Cicle|'],
    towns: ['1|Graz', '1|Linz', '3|Wien'],
    items: ['7|Chain', '8|Crank'],
    orders: orders.map((n) => `${n}|${(n % 3) + 1}|2025-01-31 00:00:00.000|30.50`),
    lines: orders.flatMap((n) => [`${n}|2|8|1|10.5|10.50`, `${n}|1|7|2|10|20.00`]),
  };
}
