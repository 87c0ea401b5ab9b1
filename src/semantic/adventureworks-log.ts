import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoggedChange } from '#warehouse';
import { assert } from '#kernel';

/** Where the public purchase orders lie beside the checkout. Undefined: they are not there. */
export function adventureworksFolder(): string | undefined {
  const shared = process.env['RIALTO_SHARED'] ?? resolve(import.meta.dirname, '../../../shared');
  const folder = resolve(shared, 'data/adventureworks');
  return existsSync(resolve(folder, 'PurchaseOrderHeader.csv')) ? folder : undefined;
}

const STATUSES = ['', 'awaiting-approval', 'issued', 'rejected', 'received'] as const;

/** The public orders as a change log, read here by hand: a road beside Rialto's own sync. */
export function adventureworksLog(folder: string): readonly LoggedChange[] {
  const table = (name: string): readonly (readonly string[])[] =>
    readFileSync(resolve(folder, `${name}.csv`), 'utf8')
      .split(/\r?\n/)
      .filter((text) => text !== '')
      .map((text) => text.split('\t'));
  const changes: LoggedChange[] = [];
  const put = (kind: LoggedChange['kind'], key: string, after: unknown): void => {
    changes.push({
      position: BigInt(changes.length + 1),
      kind,
      recordId: `${kind}_${key}`,
      before: undefined,
      after,
      source: { integration: 'adventureworks', key },
    });
  };
  for (const [key = '', number, name, rating, preferred] of table('Vendor')) {
    const preferredHere = preferred === '1';
    put('supplier', key, {
      number,
      name,
      status: 'active',
      preferred: preferredHere,
      creditRating: rating,
    });
  }
  const prices = grouped(table('ProductVendor'), 0);
  for (const [key = '', name, number] of table('Product')) {
    const supplierItems = (prices.get(key) ?? []).map(([, supplier, days, price]) => ({
      supplier,
      leadTimeDays: Number(days),
      standardPrice: { amount: price, currency: 'USD' },
    }));
    const rest = { kind: 'raw', status: 'active', baseUnit: 'EA', categoryPath: [] };
    put('item', key, { number, name, ...rest, supplierItems });
  }
  const lines = grouped(table('PurchaseOrderDetail'), 0);
  for (const header of table('PurchaseOrderHeader')) {
    put('purchase-order', header[0] ?? '', orderOf(header, lines.get(header[0] ?? '') ?? []));
  }
  return changes;
}

function orderOf(header: readonly string[], lines: readonly (readonly string[])[]): object {
  const [number, , status, requester, supplier, shipMethod, issued, shipped, net, tax, freight] =
    header;
  const shippedOn = shipped?.slice(0, 10) ?? '';
  return {
    number,
    kind: 'standard',
    supplier,
    status: STATUSES[Number(status)],
    issuedOn: issued?.slice(0, 10),
    ...(shippedOn === '' ? {} : { shippedOn }),
    currency: 'USD',
    netAmount: net,
    taxAmount: tax,
    freightAmount: freight,
    grossAmount: header[11],
    requester,
    shipMethod,
    lines: lines.map(([, line, due, ordered, item, price, total, received, rejected]) => ({
      number: line,
      item,
      ordered: { value: ordered, unit: 'EA' },
      received,
      rejected,
      unitPrice: price,
      priceBase: '1',
      netAmount: total,
      promisedOn: due?.slice(0, 10),
    })),
  };
}

function grouped(
  rows: readonly (readonly string[])[],
  column: number,
): ReadonlyMap<string, readonly (readonly string[])[]> {
  const groups = new Map<string, (readonly string[])[]>();
  for (const row of rows) {
    const key = row[column];
    assert(key !== undefined, 'every row has its key');
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  return groups;
}
