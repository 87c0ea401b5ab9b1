/** Against a real tryton-server: what every source of documents and every written system promises. */
import { afterAll, beforeAll, vi } from 'vitest';
import { describeDocumentAdapterContract, describeWriterContract } from '#adapter-kit/testing';
import { assert } from '#kernel';
import { startTryton, TRYTON_START_MS_MAX } from './testing.ts';
import type { RunningTryton } from './testing.ts';
import {
  commandOf,
  countPayload,
  itemPayload,
  movementPayload,
  orderPayload,
  supplierPayload,
  workOrderPayload,
} from './testing/commands.ts';
import { connectAsRialto } from './testing/connect.ts';
import { todayText, trade } from './testing/trade.ts';
import type { Trade } from './testing/trade.ts';

vi.setConfig({ testTimeout: 120_000 }); // A hundred calls to a server that makes one at a time.

let tryton: RunningTryton;
let done: Trade;
let day: string;

beforeAll(async () => {
  tryton = await startTryton();
  done = await trade(tryton.admin, tryton.company);
  day = await todayText(tryton.admin);
}, TRYTON_START_MS_MAX);
afterAll(async () => tryton.stop());

/** A harmless change of one document, and of some by a row that belongs to them. */
async function touch(entity: string): Promise<string> {
  const { admin, company } = tryton;
  const write = async (model: string, id: number, values: { readonly [name: string]: string }) => {
    await admin.model(model, 'write', [id], values);
    return String(id);
  };
  const mark = new URL(tryton.url).port + process.hrtime.bigint().toString();
  switch (entity) {
    case 'parties':
      return write('party.party', company.supplier, { name: `Nordic ${mark}` });
    case 'products': {
      const item = company.items[0] ?? 0;
      const { template } = await admin.read('product.product', item, ['template']);
      await write('product.template', Number(template), { name: `Bearing ${mark}` });
      return String(item);
    }
    case 'purchases':
      await write('purchase.line', done.line, { note: mark });
      return String(done.purchase);
    case 'supplier-shipments':
      return write('stock.shipment.in', done.shipment, { reference: mark });
    case 'supplier-invoices':
      return write('account.invoice', done.invoice, { comment: mark });
    case 'stock-moves':
      return write('stock.move', done.move, {});
    case 'inventories':
      return write('stock.inventory', done.inventory, {});
    default:
      assert(entity === 'productions', `'${entity}' can be touched`);
      return write('production', done.production, { reference: mark });
  }
}

describeDocumentAdapterContract('tryton', async () =>
  Promise.resolve({ adapter: connectAsRialto(tryton, { documentsPerPage: 3 }), touch }),
);

const COUNTED = [
  'party.party',
  'product.product',
  'purchase.purchase',
  'stock.shipment.in',
  'stock.shipment.internal',
  'account.invoice',
  'stock.inventory',
  'production',
];

async function booked(): Promise<number> {
  let sum = 0;
  for (const model of COUNTED) sum += Number(await tryton.admin.model(model, 'search_count', []));
  return sum;
}

describeWriterContract('tryton', async () => {
  const { admin, company } = tryton;
  const { writer, capabilities } = connectAsRialto(tryton);
  assert(writer !== undefined, 'a Tryton can be written to');
  const supplierWithoutAddress = await admin.one('party.party', 'create', [
    { name: 'Nowhere', addresses: [] },
  ]);
  const target = await admin.one('party.party', 'create', [{ name: 'Old name' }]);
  return {
    writer,
    capabilities,
    good: [
      commandOf('create-supplier', supplierPayload()),
      commandOf('create-item', itemPayload()),
      commandOf('create-purchase-order', orderPayload(company, day)),
      commandOf('post-stock-movement', movementPayload(company, day, '7')),
      commandOf('post-stock-count', countPayload(company, day, '61')),
      commandOf('create-work-order', workOrderPayload(company, day)),
    ],
    refused: commandOf(
      'create-purchase-order',
      orderPayload(company, day, { supplier: String(supplierWithoutAddress) }),
    ),
    stale: commandOf('update-supplier', supplierPayload(), {
      key: String(target),
      version: '1000000000.000000',
    }),
    booked,
  };
});
