import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedChange } from './change.ts';
import { contentOf, exampleLog, item, line, order, supplier } from './example-log.ts';
import type { ExampleLog } from './example-log.ts';
import { openWarehouse } from './open-warehouse.ts';
import type { Warehouse } from './open-warehouse.ts';
import { starHash } from './star-hash.ts';

let warehouse: Warehouse;
let log: ExampleLog;
beforeEach(async () => {
  warehouse = await openWarehouse({
    file: ':memory:',
    memoryLimitMb: 256,
    fiscalYearStartMonth: 1,
  });
  log = exampleLog();
});
afterEach(async () => warehouse.close());

async function ask(sql: string): Promise<unknown[][]> {
  return (await warehouse.query(sql, {})).rows;
}

describe('apply', () => {
  it('loads nothing of a kind that has no table, and goes on', async () => {
    const content = contentOf('warehouse', { code: 'WH', name: 'Main', locations: [] });
    log.put('warehouse', 'w1', content);
    log.put('supplier', 's1', supplier());
    await warehouse.apply(log.changes);
    expect(await ask('SELECT count(*) FROM dim_supplier WHERE supplier_key > 0')).toEqual([[1]]);
    expect(await ask('SELECT count(*) FROM fact_purchase_order')).toEqual([[0]]);
  });

  it('loads suppliers, items and orders into the star, amounts exact', async () => {
    log.put('supplier', 's1', supplier());
    log.put('item', 'i1', item({ supplierItems: [priceOf('s1', '47.1000')] }));
    log.put('purchase-order', 'p1', order());
    log.put('exchange-rate', 'r1', rate('0.123456789012'));
    await warehouse.apply(log.changes);
    const spend = await ask(
      `SELECT s.name, i.category, i.subcategory, d.day, f.net_amount, f.received_qty, p.standard_price,
        f.unit, f.log_position
       FROM fact_purchase_order_line f
       JOIN dim_supplier s USING (supplier_key) JOIN dim_item i USING (item_key)
       JOIN dim_supplier_item p ON p.supplier_key = f.supplier_key AND p.item_key = f.item_key
       JOIN dim_date d ON d.date_key = f.issued_on_key`,
    );
    expect(spend).toEqual([
      [
        'Acme',
        'Components',
        'Fasteners',
        '2025-03-01',
        '150.78000000',
        '2.00000000',
        '47.10000000',
        'EA',
        5,
      ],
    ]);
    expect(
      await ask(`SELECT number, source_key, status, line_count, promised_on_key, shipped_on_key,
        net_amount, tax_amount FROM fact_purchase_order`),
    ).toEqual([['PO1', 'p1', 'issued', 1, 20250315, 20250310, '150.78000000', null]]);
    expect(await ask('SELECT rate, valid_on, type FROM fact_exchange_rate')).toEqual([
      ['0.123456789012', '2025-03-01', 'spot'],
    ]);
  });

  it('passes over what it has loaded', async () => {
    log.put('supplier', 's1', supplier());
    log.put('purchase-order', 'p1', order());
    await warehouse.apply(log.changes);
    const once = await starHash(warehouse);
    await warehouse.apply(log.changes);
    log.put('purchase-order', 'p1', order({ status: 'closed' }));
    await warehouse.apply(log.changes);
    expect(await warehouse.position()).toBe(5n);
    expect(await ask('SELECT order_status FROM fact_purchase_order_line')).toEqual([['closed']]);
    expect((await starHash(warehouse))['dim_supplier']).toBe(once['dim_supplier']);
  });

  it('gives an order its supplier and item when they come later', async () => {
    log.put('purchase-order', 'p1', order());
    await warehouse.apply(log.changes);
    const keys = `SELECT s.name, i.name FROM fact_purchase_order_line f
      JOIN fact_purchase_order o USING (order_key)
      JOIN dim_supplier s ON s.supplier_key = f.supplier_key AND s.supplier_key = o.supplier_key
      JOIN dim_item i ON i.item_key = f.item_key`;
    expect(await ask(keys)).toEqual([['Unknown', 'Unknown']]);
    log.put('item', 'i1', item());
    log.put('supplier', 's1', supplier());
    await warehouse.apply(log.changes);
    expect(await ask(keys)).toEqual([['Acme', 'Bolt']]);
  });

  it('takes away deleted orders with their lines and keeps deleted suppliers marked', async () => {
    log.put('supplier', 's1', supplier());
    log.put('purchase-order', 'p1', order());
    log.put('purchase-order', 'p2', order({ number: 'PO2' }));
    await warehouse.apply(log.changes);
    log.remove('purchase-order', 'p1');
    log.remove('supplier', 's1');
    await warehouse.apply(log.changes);
    expect(
      await ask(`SELECT f.order_number, s.name, s.deleted FROM fact_purchase_order_line f
        JOIN dim_supplier s USING (supplier_key)`),
    ).toEqual([['PO2', 'Acme', true]]);
    expect(await ask('SELECT number FROM fact_purchase_order')).toEqual([['PO2']]);
  });

  it('replaces the lines of a changed order', async () => {
    log.put('purchase-order', 'p1', order({ lines: [line(), line({ number: '2' })] }));
    await warehouse.apply(log.changes);
    log.put('purchase-order', 'p1', order({ lines: [line({ number: '3' })] }));
    await warehouse.apply(log.changes);
    expect(await ask('SELECT line_number FROM fact_purchase_order_line')).toEqual([['3']]);
  });

  it('prices per one unit and orders nothing effectively on a cancelled line', async () => {
    const lines = [
      line({ unitPrice: '100', priceBase: '3' }),
      line({ number: '2', unitPrice: '12.50', priceBase: '100.0', cancelled: true }),
      line({ number: '3', item: undefined, text: 'freight', promisedOn: undefined }),
    ];
    log.put('purchase-order', 'p1', order({ lines, shippedOn: undefined }));
    await warehouse.apply(log.changes);
    expect(
      await ask(`SELECT unit_price, ordered_qty, effective_qty, item_key, promised_on_key,
        shipped_on_key FROM fact_purchase_order_line ORDER BY line_number`),
    ).toEqual([
      ['33.33333333', '3.00000000', '3.00000000', -1, 20250315, -1],
      ['0.12500000', '3.00000000', '0.00000000', -1, 20250315, -1],
      ['50.26000000', '3.00000000', '3.00000000', -1, -1, -1],
    ]);
  });

  it('counts one price for a supplier that an item names twice', async () => {
    const entries = [priceOf('s1', '1.10'), priceOf('s1', '2.20'), priceOf('s2', '3.30')];
    log.put('item', 'i1', item({ supplierItems: entries }));
    await warehouse.apply(log.changes);
    expect(
      await ask('SELECT standard_price FROM dim_supplier_item ORDER BY standard_price'),
    ).toEqual([['1.10000000'], ['3.30000000']]);
  });

  it('keeps two integrations with the same keys apart', async () => {
    log.put('supplier', 's1', supplier());
    await warehouse.apply(log.changes);
    const other = exampleLog('other');
    other.put('supplier', 's1', supplier({ name: 'Bolts & Co' }));
    await warehouse.apply(other.changes.map((change) => ({ ...change, position: 100n })));
    expect(await ask('SELECT name FROM dim_supplier WHERE supplier_key > 0 ORDER BY 1')).toEqual([
      ['Acme'],
      ['Bolts & Co'],
    ]);
  });

  it('loads all of a batch or nothing of it', async () => {
    log.put('supplier', 's1', supplier());
    log.put('purchase-order', 'p1', order({ netAmount: `1${'0'.repeat(32)}` }));
    await expect(warehouse.apply(log.changes)).rejects.toMatchObject({
      code: 'warehouse.amount-too-large',
    });
    expect(await warehouse.position()).toBe(0n);
    expect(await ask('SELECT name FROM dim_supplier')).toEqual([['Unknown']]);
    log.put('purchase-order', 'p1', order());
    await warehouse.apply(log.changes.filter((change) => change.position !== 3n));
    expect(await warehouse.position()).toBe(5n);
  });

  it('tells when a batch is loaded, and how fresh the star is', async () => {
    const heard: bigint[] = [];
    const stop = warehouse.onLoaded((position) => heard.push(position));
    expect((await warehouse.describeFreshness()).loadedAt).toBeUndefined();
    log.put('supplier', 's1', supplier());
    await warehouse.apply(log.changes);
    await warehouse.apply(log.changes);
    stop();
    await warehouse.reset();
    expect(heard).toEqual([1n]);
    expect((await warehouse.describeFreshness()).loadedAt).toMatch(/Z$/);
    expect(await warehouse.position()).toBe(0n);
  });

  it('answers from the old star until a new one is complete', async () => {
    log.put('supplier', 's1', supplier());
    await warehouse.apply(log.changes);
    const during: unknown[] = [];
    async function* pages(): AsyncGenerator<readonly LoggedChange[]> {
      during.push(await ask('SELECT name FROM dim_supplier WHERE supplier_key > 0'));
      yield log.changes.map((change) => ({ ...change, after: supplier({ name: 'New' }) }));
      during.push(await ask('SELECT name FROM dim_supplier WHERE supplier_key > 0'));
    }
    await warehouse.replaceAll(pages());
    during.push(await ask('SELECT name FROM dim_supplier WHERE supplier_key > 0'));
    expect(during).toEqual([[['Acme']], [['Acme']], [['New']]]);
  });
});

const priceOf = (key: string, amount: string): object => ({
  supplier: key,
  standardPrice: { amount, currency: 'USD' },
  leadTimeDays: 17,
});

const rate = (value: string) =>
  contentOf('exchange-rate', {
    from: 'USD',
    to: 'EUR',
    type: 'spot',
    validOn: '2025-03-01',
    rate: value,
  });
