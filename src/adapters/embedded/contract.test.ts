/** Against the real ERP: what every source of documents and every written system promises. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import type { Command, Operation } from '#adapter-kit';
import { describeDocumentAdapterContract, describeWriterContract } from '#adapter-kit/testing';
import { openGateBench, touch } from '#erp/gate/testing';
import type { GateBench } from '#erp/gate/testing';
import { assert } from '#kernel';
import type { JsonObject } from '#kernel';
import { connectEmbedded } from './connect.ts';
import { ENTITIES } from './entities.ts';

let bench: GateBench;

beforeAll(async () => {
  bench = await openGateBench();
}, 120_000);
afterAll(() => bench.database.close());

describeDocumentAdapterContract('embedded', () =>
  Promise.resolve({
    adapter: connectEmbedded(bench.gate),
    touch: (entity) => touch(bench, entity),
  }),
);

const unique = (): string => randomBytes(6).toString('hex').toUpperCase();

const commandOf = (
  operation: Operation,
  payload: JsonObject,
  target?: Command['target'],
): Command => ({
  operation,
  reference: `RLT-${unique()}`,
  payload,
  ...(target === undefined ? {} : { target }),
});

const supplierPayload = (more: JsonObject = {}): JsonObject => ({
  number: `S-${unique()}`,
  name: `Bolt & Söhne ${unique()}`,
  status: 'active',
  country: 'DE',
  city: 'Köln',
  ...more,
});

const itemPayload = (): JsonObject => ({
  number: `I-${unique()}`,
  name: 'Washer M8',
  kind: 'stock',
  status: 'active',
  baseUnit: 'C62',
  categoryPath: [],
  standardCost: { amount: '0.0125', currency: 'EUR' },
  supplierItems: [
    { supplier: bench.supplier, standardPrice: { amount: '0.011', currency: 'EUR' } },
  ],
});

const orderPayload = (more: JsonObject = {}): JsonObject => ({
  number: 'PO-1',
  kind: 'standard',
  supplier: bench.supplier,
  status: 'issued',
  issuedOn: '2026-03-02',
  currency: 'EUR',
  netAmount: '435.00',
  lines: [
    {
      number: '1',
      item: bench.item,
      ordered: { value: '100', unit: 'C62' },
      received: '0',
      rejected: '0',
      unitPrice: '4.35',
      priceBase: '1',
      netAmount: '435.00',
    },
  ],
  ...more,
});

const receiptPayload = (): JsonObject => ({
  number: 'GR-1',
  status: 'posted',
  receivedOn: '2026-03-06',
  supplier: bench.supplier,
  warehouse: bench.warehouse,
  deliveryNote: 'DN-4',
  lines: [
    {
      number: '1',
      order: bench.order,
      orderLine: '10',
      item: bench.item,
      quantity: { value: '0.5', unit: 'C62' },
    },
  ],
});

const invoicePayload = (): JsonObject => ({
  number: `NF-${unique()}`,
  kind: 'invoice',
  status: 'posted',
  supplier: bench.supplier,
  issuedOn: '2026-03-06',
  postedOn: '2026-03-06',
  currency: 'EUR',
  netAmount: '1.00',
  grossAmount: '1.00',
  lines: [
    {
      number: '1',
      order: bench.order,
      orderLine: '10',
      item: bench.item,
      quantity: { value: '0.5', unit: 'C62' },
      unitPrice: '2',
      netAmount: '1.00',
    },
  ],
});

const movementPayload = (): JsonObject => ({
  number: 'M-1',
  kind: 'adjustment',
  status: 'posted',
  movedOn: '2026-03-06',
  item: bench.item,
  quantity: { value: '7', unit: 'C62' },
  warehouse: bench.warehouse,
  unitCost: { amount: '2', currency: 'EUR' },
  reason: 'found behind a shelf',
});

/** How many documents the ERP has: parties once, and none that goes with another. */
async function booked(): Promise<number> {
  let sum = 0;
  for (const entity of ENTITIES.filter(
    (name) => !/^(stock-(movements|balances)|customers|journal-entries)$/.test(name),
  )) {
    sum += (await bench.gate.keysAfter(entity, undefined, 100_000)).length;
  }
  return sum;
}

describeWriterContract('embedded', async () => {
  const { writer, capabilities } = connectEmbedded(bench.gate);
  assert(writer !== undefined, 'the embedded ERP is written to');
  await touch(bench, 'suppliers');
  return {
    writer,
    capabilities,
    good: [
      commandOf('create-supplier', supplierPayload()),
      commandOf('create-item', itemPayload()),
      commandOf('create-purchase-order', orderPayload()),
      commandOf('post-goods-receipt', receiptPayload()),
      commandOf('post-supplier-invoice', invoicePayload()),
      commandOf('post-stock-movement', movementPayload()),
      commandOf('update-supplier', supplierPayload(), { key: bench.supplier }),
    ],
    refused: commandOf('create-purchase-order', orderPayload({ supplier: 'nobody' })),
    stale: commandOf('update-supplier', supplierPayload(), { key: bench.supplier, version: '1' }),
    booked,
  };
});
