import type { ContentOf, RecordKind } from '#canonical';
import { checkContent } from '#canonical';
import { assert } from '#kernel';
import type { LoggedChange } from './change.ts';

/** A hand-made change log for tests: says what happened, keeps before and after. */
export type ExampleLog = {
  readonly changes: LoggedChange[];
  put<Kind extends RecordKind>(kind: Kind, key: string, content: ContentOf<Kind>): void;
  remove(kind: RecordKind, key: string): void;
};

export function exampleLog(integration = 'demo'): ExampleLog {
  const changes: LoggedChange[] = [];
  const states = new Map<string, unknown>();
  function write(kind: RecordKind, key: string, after: unknown): void {
    const recordId = `${kind}_${integration}_${key}`;
    const before = states.get(recordId);
    if (before === undefined && after === undefined) return;
    states.set(recordId, after);
    const position = BigInt(changes.length * 2 + 1); // Positions have gaps.
    changes.push({ position, kind, recordId, before, after, source: { integration, key } });
  }
  return {
    changes,
    put(kind, key, content) {
      const checked = checkContent(kind, content);
      assert(checked.ok, checked.ok ? '' : JSON.stringify(checked.problems));
      write(kind, key, content);
    },
    remove: (kind, key) => write(kind, key, undefined),
  };
}

/** Content as it comes from JSON: the schema of its kind brands it. */
export function contentOf<Kind extends RecordKind>(kind: Kind, value: unknown): ContentOf<Kind> {
  const checked = checkContent(kind, value);
  assert(checked.ok, checked.ok ? '' : JSON.stringify(checked.problems));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the kind chose the schema.
  return checked.record.content as ContentOf<Kind>;
}

export const supplier = (more: object = {}): ContentOf<'supplier'> =>
  contentOf('supplier', {
    number: 'S1',
    name: 'Acme',
    status: 'active',
    preferred: true,
    country: 'US',
    ...more,
  });

export const item = (more: object = {}): ContentOf<'item'> =>
  contentOf('item', {
    number: 'I1',
    name: 'Bolt',
    kind: 'raw',
    status: 'active',
    baseUnit: 'EA',
    categoryPath: ['Components', 'Fasteners'],
    standardCost: { amount: '1.2345', currency: 'USD' },
    supplierItems: [],
    ...more,
  });

export const line = (more: object = {}): object => ({
  number: '1',
  item: 'i1',
  ordered: { value: '3', unit: 'EA' },
  received: '2.00',
  rejected: '0.00',
  unitPrice: '50.26',
  priceBase: '1',
  netAmount: '150.78',
  promisedOn: '2025-03-15',
  ...more,
});

export const order = (more: object = {}): ContentOf<'purchase-order'> =>
  contentOf('purchase-order', {
    number: 'PO1',
    kind: 'standard',
    supplier: 's1',
    status: 'issued',
    issuedOn: '2025-03-01',
    shippedOn: '2025-03-10',
    currency: 'USD',
    netAmount: '150.78',
    lines: [line()],
    ...more,
  });
