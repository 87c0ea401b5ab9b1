import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decimalOf } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { makeCatalogue } from './catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import { makeOrders } from './orders.ts';
import type { SampleLine, SampleOrder } from './orders.ts';

type Cell = string | number | undefined;

/**
 * Writes the files of a small machine builder's purchasing, as the pack `sample` reads them: the
 * same bytes for the same seed and day. The manifest comes last and says the rest is whole.
 */
export async function writeWorkshop(sample: {
  readonly folder: string;
  readonly seed: number;
  readonly asOf: LocalDate; // The company's today.
}): Promise<void> {
  const catalogue = makeCatalogue(sample.seed);
  const orders = makeOrders(sample.seed, sample.asOf, catalogue);
  const tables: Readonly<Record<string, readonly (readonly Cell[])[]>> = {
    'currencies.csv': [
      ['code', 'name'],
      ['EUR', 'Euro'],
    ],
    'suppliers.csv': suppliersTable(catalogue),
    'items.csv': itemsTable(catalogue),
    'supplier-items.csv': offersTable(catalogue, orders),
    'purchase-orders.csv': ordersTable(orders),
    'purchase-order-lines.csv': linesTable(orders),
  };
  await mkdir(sample.folder, { recursive: true });
  const files: Record<string, { sha256: string; rows: number }> = {};
  for (const [name, table] of Object.entries(tables)) {
    const text = table.map((row) => `${row.map(printCell).join(',')}\n`).join('');
    const sha256 = createHash('sha256').update(text).digest('hex');
    files[name] = { sha256, rows: table.length - 1 };
    await replace(path.join(sample.folder, name), text);
  }
  const manifest = `${JSON.stringify({ asOf: sample.asOf, seed: sample.seed, files }, null, 2)}\n`;
  await replace(path.join(sample.folder, 'manifest.json'), manifest);
}

function suppliersTable({ suppliers }: Catalogue): Cell[][] {
  const rows = suppliers.map((supplier) => [
    supplier.number,
    supplier.name,
    supplier.status,
    supplier.category,
    supplier.town[2],
    supplier.town[1],
    supplier.town[0],
    supplier.terms,
    supplier.preferred ? 'yes' : 'no',
    supplier.rating,
    `https://supplier-${supplier.number}.example`,
  ]);
  const names = 'number,name,status,category,country,region,city,payment_terms,preferred,rating';
  return [[...names.split(','), 'website'], ...rows];
}

function itemsTable({ items }: Catalogue): Cell[][] {
  const rows = items.map((item, at) => [
    item.number,
    item.name,
    item.range.kind,
    at % 29 === 28 ? 'discontinued' : 'active',
    item.range.unit,
    item.range.category,
    item.subcategory,
    euros(item.cents),
    euros(Math.round((item.cents * 138) / 100)),
    Math.ceil(item.range.quantity / 4),
    Math.ceil(item.range.quantity / 2),
  ]);
  const names = 'number,name,kind,status,unit,category,subcategory,standard_cost,list_price';
  return [[...names.split(','), 'safety_stock', 'reorder_point'], ...rows];
}

function offersTable({ offers }: Catalogue, orders: readonly SampleOrder[]): Cell[][] {
  const last = new Map<string, { cents: number; on: LocalDate }>();
  for (const { lines, shippedOn } of orders) {
    for (const { offer, received, cents } of lines) {
      if (received === 0 || shippedOn === undefined) continue;
      last.set(`${offer.supplier.number} ${offer.item.number}`, {
        cents,
        on: addDays(shippedOn, 1),
      });
    }
  }
  const rows = [...offers.values()].flat().map(({ supplier, item, cents, leadTimeDays }) => {
    const receipt = last.get(`${supplier.number} ${item.number}`);
    const theirs = `${supplier.number.slice(-2)}.${item.number.replace('-', '')}`;
    const least = Math.max(1, Math.floor(item.range.quantity / 5));
    return [
      item.number,
      supplier.number,
      theirs,
      euros(cents),
      item.range.unit,
      leadTimeDays,
      least,
      receipt === undefined ? undefined : euros(receipt.cents),
      receipt?.on,
    ];
  });
  const names = 'item,supplier,their_number,standard_price,unit,lead_time_days,min_order_quantity';
  return [[...names.split(','), 'last_receipt_price', 'last_receipt_on'], ...rows];
}

function ordersTable(orders: readonly SampleOrder[]): Cell[][] {
  const rows = orders.map((order) => {
    const net = order.lines.reduce((sum, line) => sum + netOf(line), 0);
    const tax = order.supplier.town[2] === 'DE' ? Math.round((net * 19) / 100) : 0;
    const freight = Math.max(790, Math.round((net * 12) / 1000));
    return [
      order.number,
      order.supplier.number,
      order.status,
      order.orderedOn,
      order.shippedOn,
      ...[net, tax, freight, net + tax + freight].map(euros),
      order.requester,
      order.shipMethod,
    ];
  });
  const names = 'number,supplier,status,ordered_on,shipped_on,net,tax,freight,gross,requester';
  return [[...names.split(','), 'ship_method'], ...rows];
}

function linesTable(orders: readonly SampleOrder[]): Cell[][] {
  const rows = orders.flatMap(({ number, lines }) =>
    lines.map((line, at) => [
      number,
      (at + 1) * 10,
      line.offer.item.number,
      line.offer.item.name,
      line.quantity,
      line.offer.item.range.unit,
      line.received,
      line.rejected,
      euros(line.cents),
      euros(netOf(line)),
      line.promisedOn,
      line.final ? 'yes' : 'no',
    ]),
  );
  const names = 'order,number,item,text,quantity,unit,received,rejected,unit_price,net,promised_on';
  return [[...names.split(','), 'final_receipt'], ...rows];
}

const netOf = ({ quantity, cents }: SampleLine): number => quantity * cents;

const euros = (cents: number): string => decimalOf(BigInt(cents), 2);

function printCell(cell: Cell): string {
  const text = cell === undefined ? '' : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Nobody ever sees half a file. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}
