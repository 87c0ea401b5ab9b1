/** The http adapter, by this ERP's profile: the contract when it is kind, the truth when it is not. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Command, DocumentsPage, WriteOutcome } from '#adapter-kit';
import { describeDocumentAdapterContract, describeWriterContract } from '#adapter-kit/testing';
import { connectHttp, parseHttpProfile } from '#adapters/http';
import type { HttpAdapter } from '#adapters/http';
import { isCollection } from './document.ts';
import type { Faults } from './faults.ts';
import { startHostileErp } from './start.ts';
import type { HostileErp } from './start.ts';

const json = JSON.parse(readFileSync(join(import.meta.dirname, 'profile.json'), 'utf8')) as {
  entities: Record<string, { paging: unknown }>;
};
const patience = (): AbortSignal => AbortSignal.timeout(60_000);

type Bench = { readonly erp: HostileErp; readonly adapter: HttpAdapter };

async function benchOf(orders = 100, paging?: unknown): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-http-'));
  const erp = await startHostileErp({ ledger: join(folder, 'ledger.jsonl'), seed: 5, orders });
  const entities = Object.fromEntries(
    Object.entries(json.entities).map(([name, entity]) => [
      name,
      paging === undefined ? entity : { ...entity, paging },
    ]),
  );
  const adapter = connectHttp({
    profile: parseHttpProfile({ ...json, entities }),
    baseUrl: erp.url,
    credentials: { clientId: 'rialto', clientSecret: 'secret' },
    networks: ['127.0.0.1'],
    // Waits are a fiftieth: the tests are about what comes of them, not how long they are.
    sleep: async (ms, stop) => {
      stop.throwIfAborted();
      await new Promise((resolve) => {
        setTimeout(resolve, ms / 50);
      });
    },
  });
  onTestFinished(async () => {
    await adapter.close();
    await erp.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { erp, adapter };
}

let count = 0;
const command = (
  operation: Command['operation'],
  payload: Command['payload'],
  target?: Command['target'],
): Command => ({
  operation,
  reference: `RIALTO-${(count += 1)}-T`,
  payload,
  ...(target && { target }),
});

const line = { number: '10', item: 'I0000001', ordered: { value: '3', unit: 'C62' } };
const order = (unitPrice = '1.2345', netAmount = '3.7035') => ({
  supplier: 'S0000001',
  issuedOn: '2026-11-20',
  currency: 'EUR',
  netAmount,
  lines: [{ ...line, unitPrice, priceBase: '1', netAmount }],
});
const receiptOf = (key: string) => ({
  receivedOn: '2026-11-21',
  lines: [
    { number: '1', order: key, orderLine: '10', item: 'I', quantity: { value: '1', unit: 'C62' } },
  ],
});
const invoiceOf = (key: string) => ({
  number: 'INV-7',
  supplier: 'S0000001',
  issuedOn: '2026-11-21',
  currency: 'EUR',
  netAmount: '10.00',
  taxAmount: '1.90',
  grossAmount: '11.90',
  lines: [{ number: '1', order: key, netAmount: '10.00' }],
});
const supplier = { name: 'New Castings', status: 'active', country: 'DE', currency: 'EUR' };
const item = {
  name: 'Bolt',
  baseUnit: 'C62',
  status: 'active',
  standardCost: { amount: '0.10', currency: 'EUR' },
};

async function book(adapter: HttpAdapter, one: Command): Promise<string> {
  const outcome = await adapter.writer?.write(one, patience());
  if (outcome?.outcome !== 'accepted') throw new Error(`not booked: ${JSON.stringify(outcome)}`);
  return outcome.key;
}

describeDocumentAdapterContract('http with the hostile ERP', async () => {
  const { erp, adapter } = await benchOf(1200);
  const key = await book(adapter, command('create-purchase-order', order()));
  await book(adapter, command('post-goods-receipt', receiptOf(key)));
  await book(adapter, command('post-supplier-invoice', invoiceOf(key)));
  return {
    adapter,
    touch: async (entity) => {
      if (!isCollection(entity)) throw new Error(`${entity} is no collection`);
      const [first] = erp.documents(entity);
      if (first === undefined) throw new Error(`there are no ${entity}`);
      erp.edit(entity, first.id, {});
      return await Promise.resolve(first.id);
    },
  };
});

describeWriterContract('http with the hostile ERP', async () => {
  const { erp, adapter } = await benchOf();
  if (adapter.writer === undefined) throw new Error('the ERP is written to');
  const made = await book(adapter, command('create-purchase-order', order()));
  const receipt = await book(adapter, command('post-goods-receipt', receiptOf(made)));
  const invoice = await book(adapter, command('post-supplier-invoice', invoiceOf(made)));
  return {
    writer: adapter.writer,
    capabilities: adapter.capabilities,
    good: [
      command('create-supplier', supplier),
      command('update-supplier', { ...supplier, city: 'Ulm' }, { key: 'S0000002', version: '1' }),
      command('create-item', item),
      command('update-item', item, { key: 'I0000002', version: '1' }),
      command('create-purchase-order', order()),
      command('update-purchase-order', order('2', '6'), { key: 'PO0000002', version: '1' }),
      command('cancel-purchase-order', {}, { key: 'PO0000003', version: '1' }),
      command('post-goods-receipt', receiptOf('PO0000004')),
      command('reverse-goods-receipt', {}, { key: receipt }),
      command('post-supplier-invoice', invoiceOf('PO0000004')),
      command('cancel-supplier-invoice', {}, { key: invoice }),
    ],
    refused: command('create-purchase-order', order('1.2345', '99.99')),
    stale: command('update-purchase-order', order(), { key: made, version: '1' }),
    together: {
      good: [1, 2, 3].map(() => command('create-purchase-order', order())),
      refused: command('create-purchase-order', order('1.2345', '99.99')),
    },
    booked: async () => await Promise.resolve(erp.bookings().length),
  };
});

const COUNTED = { size: { parameter: 'limit', rows: 100 }, total: 'total' };
const PAGINGS = [
  { style: 'cursor', parameter: 'cursor', next: 'nextCursor', size: COUNTED.size },
  { style: 'offset', parameter: 'offset', ...COUNTED },
  { style: 'offset', parameter: 'offset', size: COUNTED.size },
  { style: 'page', parameter: 'page', ...COUNTED },
  { style: 'link-header', size: COUNTED.size },
  { style: 'next-link', size: COUNTED.size },
];
const RUDE: Faults = {
  throttle: 0.05,
  retryAfterS: 0,
  unavailable: 0.05,
  okWithError: 0.05,
  expireTokens: 0.05,
  repeatRows: 0.2,
  shortPage: 0.2,
  shuffle: 0.2,
  concurrencyMax: 3,
  latencyMs: [0, 5],
};

test.each(PAGINGS)('every document comes out of a rude ERP: %o', async (paging) => {
  const { erp, adapter } = await benchOf(1000, paging);
  erp.setFaults(RUDE);
  const keys = new Set<string>();
  const pages = adapter.pull('purchase-orders', { mode: 'snapshot' }, patience());
  let last: DocumentsPage | undefined;
  for await (const page of pages) {
    for (const { key } of page.documents) keys.add(key);
    last = page;
  }
  expect(keys.size).toBe(1000);
  expect(last?.last).toBe(true);
});

test('what the adapter says of a write is what the ledger says, whatever happens to it', async () => {
  const { erp, adapter } = await benchOf();
  erp.setFaults({
    loseAnswer: 0.1,
    dropBefore: 0.1,
    errorBefore: 0.1,
    errorAfter: 0.1,
    okWithError: 0.1,
    throttle: 0.1,
    retryAfterS: 0,
    unavailable: 0.1,
    expireTokens: 0.1,
  });
  const outcomes: [Command, WriteOutcome | undefined][] = [];
  for (let at = 0; at < 150; at += 1) {
    const one = command('create-purchase-order', order());
    outcomes.push([one, await adapter.writer?.write(one, patience())]);
  }
  erp.setFaults({});
  const timesBooked = (reference: string): number =>
    erp.bookings().filter((booking) => booking.reference === reference).length;
  const told: Record<string, number[]> = { accepted: [], rejected: [], uncertain: [] };
  for (const [one, outcome] of outcomes) {
    const times = timesBooked(one.reference);
    const found = await adapter.writer?.lookup(one, patience());
    expect(found === undefined ? 0 : 1).toBe(times);
    told[outcome?.outcome ?? 'none']?.push(times);
  }
  expect(new Set(told['accepted'])).toEqual(new Set([1]));
  expect(new Set(told['rejected'])).toEqual(new Set([0]));
  expect(new Set(told['uncertain'])).toEqual(new Set([0, 1]));
});

test('an ERP that is down rejects what was never sent, and is found again when it is back', async () => {
  const { erp, adapter } = await benchOf();
  await book(adapter, command('create-supplier', supplier));
  await erp.goDown();
  const lost = command('create-supplier', supplier);
  // A connection that was open may have been written to: only the next one is sure.
  expect((await adapter.writer?.write(lost, patience()))?.outcome).not.toBe('accepted');
  expect(await adapter.writer?.write(lost, patience())).toMatchObject({
    outcome: 'rejected',
    why: 'unavailable',
  });
  await expect(adapter.writer?.lookup(lost, patience())).rejects.toMatchObject({
    kind: 'unavailable',
  });
  await erp.comeBack();
  await new Promise((resolve) => {
    setTimeout(resolve, 2100); // The circuit's own patience.
  });
  await book(adapter, lost);
  expect(erp.bookings().length).toBe(2);
});

test('amounts keep every digit on their way out and back', async () => {
  const { adapter } = await benchOf();
  const key = await book(adapter, command('create-purchase-order', order('0.1230', '0.3690')));
  const fetched = await adapter.fetch('purchase-orders', key, patience());
  expect(fetched?.content).toMatchObject({ lines: [{ unitPrice: '0.1230', quantity: '3' }] });
});
