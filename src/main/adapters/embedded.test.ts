/** Every document that the ERP states is a record by the mapping that ships. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectEmbedded } from '#adapters/embedded';
import { openGateBench } from '#erp/gate/testing';
import type { GateBench } from '#erp/gate/testing';
import { assert } from '#kernel';
import type { JsonObject } from '#kernel';
import { documentReader, loadPack } from '#sync';

const KINDS = [
  'supplier',
  'item',
  'warehouse',
  'exchange-rate',
  'purchase-order',
  'goods-receipt',
  'supplier-invoice',
  'stock-movement',
  'stock-balance',
  'stock-count',
  'work-order',
  'customer',
  'sales-order',
  'delivery',
  'customer-invoice',
  'journal-entry',
];

let bench: GateBench;

beforeAll(async () => {
  bench = await openGateBench();
}, 120_000);
afterAll(() => bench.database.close());

test('no document of the company is left without a record, and what it says is there', async () => {
  const pack = await loadPack('embedded');
  assert(!('layout' in pack), 'the pack is for documents');
  const adapter = connectEmbedded(bench.gate);
  expect(pack.mappings.map(({ from }) => from).toSorted()).toEqual(
    Object.keys(adapter.capabilities.reads).toSorted(),
  );
  const reader = documentReader(pack);
  const contents: Record<string, JsonObject | undefined> = {};
  for (const kind of KINDS) {
    const entity = reader.entityOf(kind) ?? '';
    const stop = AbortSignal.timeout(60_000);
    for await (const page of adapter.pull(entity, { mode: 'snapshot' }, stop)) {
      for (const document of page.documents) {
        const content = reader.canonicalOf(kind, document);
        expect([kind, document.content, content === undefined]).toEqual([
          kind,
          document.content,
          false,
        ]);
        contents[kind] = content;
      }
    }
  }
  expect(contents).toMatchObject({
    supplier: { status: 'active', city: 'Köln', country: 'DE', paymentTerms: 'NET30' },
    item: { baseUnit: 'C62' },
    'exchange-rate': { from: 'EUR', to: 'USD', rate: '1.25' },
    'purchase-order': {
      status: 'partly-received',
      sourceStatus: 'issued, partly-received',
      netAmount: '20.00',
      lines: [{ number: '10', ordered: { value: '10', unit: 'C62' }, received: '4' }],
    },
    'goods-receipt': { status: 'posted', lines: [{ order: bench.order, orderLine: '10' }] },
    'supplier-invoice': { number: 'RE-1', status: 'posted', openAmount: '50.00' },
    'stock-count': { status: 'open', countedOn: '2026-03-06', lines: [{ counted: '4' }] },
    'work-order': { status: 'planned', quantity: { value: '5', unit: 'C62' } },
    customer: { status: 'active', creditLimit: { amount: '5000', currency: 'EUR' } },
    'sales-order': {
      status: 'partly-delivered',
      netAmount: '15.00',
      lines: [{ number: '10', ordered: { value: '3', unit: 'C62' }, delivered: '1' }],
    },
    delivery: { kind: 'delivery', lines: [{ order: bench.sale, quantity: { value: '1' } }] },
    'customer-invoice': { kind: 'invoice', status: 'posted', netAmount: '75.00' },
    'journal-entry': { status: 'posted', legalEntity: 'DE01', period: '2026-03' },
  });
});
