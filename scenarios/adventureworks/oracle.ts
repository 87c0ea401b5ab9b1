/**
 * The second road: answers computed straight from the CSV files by plain sums over rows, sharing
 * no code with Rialto but its idea of the files' columns. Money is counted in 1/10,000.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type OrderRow = {
  readonly id: string;
  readonly status: string;
  readonly requester: string;
  readonly vendor: string;
  readonly shipMethod: string;
  readonly orderedOn: string;
  readonly shippedOn: string;
  readonly subTotal: bigint;
};

export type LineRow = {
  readonly order: OrderRow;
  readonly dueOn: string;
  readonly quantity: bigint;
  readonly product: string;
  readonly category: string;
  readonly unitPrice: bigint;
  readonly total: bigint;
  readonly received: bigint; // In hundredths.
  readonly rejected: bigint; // In hundredths.
  readonly standardPrice: bigint | undefined;
};

type Orders = {
  readonly orders: readonly OrderRow[];
  readonly lines: readonly LineRow[];
};

/** What a vendor agreed for a product. */
type AgreementRow = {
  readonly vendor: string;
  readonly product: string;
  readonly price: bigint;
  readonly leadTimeDays: bigint;
};

export type Oracle = Orders & {
  readonly all: Orders;
  readonly vendors: readonly { readonly name: string; readonly active: boolean }[];
  readonly agreements: readonly AgreementRow[];
};

/** Reads the files and joins them in memory; only approved and complete orders were placed. */
export function readOracle(folder: string): Oracle {
  const vendors = new Map(tabbed(folder, 'Vendor').map((row) => [cell(row, 0), cell(row, 2)]));
  const shipMethods = new Map(
    tabbed(folder, 'ShipMethod').map((row) => [cell(row, 0), cell(row, 1)]),
  );
  const categories = new Map(
    tabbed(folder, 'ProductCategory').map((row) => [cell(row, 0), cell(row, 1)]),
  );
  const subcategories = new Map(
    tabbed(folder, 'ProductSubcategory').map((row) => [
      cell(row, 0),
      categories.get(cell(row, 1)) ?? '',
    ]),
  );
  const products = new Map(tabbed(folder, 'Product').map((row) => [cell(row, 0), row]));
  const prices = new Map(
    tabbed(folder, 'ProductVendor').map((row) => [
      `${cell(row, 0)}|${cell(row, 1)}`,
      scaled(cell(row, 3), 4),
    ]),
  );
  const orders = new Map<string, OrderRow & { readonly vendorKey: string }>();
  for (const row of tabbed(folder, 'PurchaseOrderHeader')) {
    orders.set(cell(row, 0), {
      id: cell(row, 0),
      status: cell(row, 2),
      requester: cell(row, 3),
      vendor: vendors.get(cell(row, 4)) ?? '',
      vendorKey: cell(row, 4),
      shipMethod: shipMethods.get(cell(row, 5)) ?? '',
      orderedOn: cell(row, 6).slice(0, 10),
      shippedOn: cell(row, 7).slice(0, 10),
      subTotal: scaled(cell(row, 8), 4),
    });
  }
  const lines = tabbed(folder, 'PurchaseOrderDetail').flatMap((row): LineRow[] => {
    const order = orders.get(cell(row, 0));
    if (order === undefined) return [];
    const product = products.get(cell(row, 4)) ?? [];
    return [
      {
        order,
        dueOn: cell(row, 2).slice(0, 10),
        quantity: BigInt(cell(row, 3)),
        product: cell(product, 1),
        category: subcategories.get(cell(product, 18)) ?? '',
        unitPrice: scaled(cell(row, 5), 4),
        total: scaled(cell(row, 6), 4),
        received: scaled(cell(row, 7), 2),
        rejected: scaled(cell(row, 8), 2),
        standardPrice: prices.get(`${cell(row, 4)}|${order.vendorKey}`),
      },
    ];
  });
  const all = { orders: [...orders.values()], lines };
  const placed = (order: OrderRow): boolean => order.status === '2' || order.status === '4';
  return {
    orders: all.orders.filter(placed),
    lines: lines.filter((line) => placed(line.order)),
    all,
    vendors: tabbed(folder, 'Vendor').map((row) => ({
      name: cell(row, 2),
      active: cell(row, 5) === '1',
    })),
    agreements: agreementsIn(folder, vendors, products),
  };
}

function agreementsIn(
  folder: string,
  vendors: ReadonlyMap<string, string>,
  products: ReadonlyMap<string, readonly string[]>,
): readonly AgreementRow[] {
  return tabbed(folder, 'ProductVendor').map((row) => ({
    vendor: vendors.get(cell(row, 1)) ?? '',
    product: cell(products.get(cell(row, 0)) ?? [], 1),
    price: scaled(cell(row, 3), 4),
    leadTimeDays: BigInt(cell(row, 2)),
  }));
}

/** Adds up `value` for each `key`, in the order of first sight. */
export function sumBy<Row>(
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => bigint,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0n) + value(row));
  return sums;
}

/** The largest first; equals in alphabetical order. */
export function largest(
  sums: ReadonlyMap<string, bigint>,
  count: number,
): (readonly [string, bigint])[] {
  return [...sums]
    .toSorted(([a, x], [b, y]) => (x === y ? a.localeCompare(b) : Number(y > x) - Number(y < x)))
    .slice(0, count);
}

function tabbed(folder: string, name: string): string[][] {
  return readFileSync(join(folder, `${name}.csv`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/\r$/, '').split('\t'));
}

const cell = (row: readonly string[], at: number): string => row[at] ?? '';

function scaled(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(`${whole === '' ? '0' : whole}${fraction.padEnd(places, '0').slice(0, places)}`);
}
