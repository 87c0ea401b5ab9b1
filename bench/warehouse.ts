// Loads synthetic purchase orders into the star at 1×, 10× and 50× and asks it three questions.
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWarehouse } from '#warehouse';
import type { LoggedChange, Warehouse } from '#warehouse';

const ORDERS = 4_000; // 1×, with 2.2 lines each: the shape of a small manufacturer's three years.
const SUPPLIERS = 104;
const ITEMS = 500;
const BATCH = 2_000;

const QUERIES = {
  'top suppliers': `SELECT s.record_id, any_value(s.name), sum(f.net_amount) AS spend
    FROM fact_purchase_order_line f JOIN dim_supplier s USING (supplier_key)
    JOIN dim_date d ON d.date_key = f.issued_on_key
    WHERE d.day BETWEEN DATE '2025-01-01' AND DATE '2025-12-31'
    GROUP BY 1 ORDER BY 3 DESC LIMIT 5`,
  'by month': `SELECT d.month_start, sum(f.net_amount), count(DISTINCT f.order_key)
    FROM fact_purchase_order_line f JOIN dim_date d ON d.date_key = f.issued_on_key
    GROUP BY 1 ORDER BY 1`,
  variance: `SELECT i.category, sum((f.unit_price - p.standard_price)::DECIMAL(18,4)
      * f.received_qty::DECIMAL(18,2))
    FROM fact_purchase_order_line f JOIN dim_item i USING (item_key)
    JOIN dim_supplier_item p ON p.supplier_key = f.supplier_key AND p.item_key = f.item_key
    GROUP BY 1`,
} as const;

export async function run(): Promise<void> {
  console.log(
    `warehouse, Node ${process.version}, batches of ${BATCH} changes, memory_limit 256 MB`,
  );
  console.table(await Promise.resolve([await measure(1), await measure(10), await measure(50)]));
}

async function measure(times: number): Promise<Record<string, string | number>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rialto-bench-'));
  const file = path.join(folder, 'warehouse.duckdb');
  const warehouse = await openWarehouse({ file, memoryLimitMb: 256, fiscalYearStartMonth: 1 });
  try {
    const peak = watchMemory();
    const loadMs = await timed(() => applyAll(warehouse, times));
    const oneMs = await timed(() => warehouse.apply([change(ORDERS * times + 10_000, orderOf(1))]));
    const rebuildMs = await timed(() => warehouse.replaceAll(pages(times)));
    const answers: Record<string, string> = {};
    for (const [name, sql] of Object.entries(QUERIES)) {
      answers[`${name} ms`] = (await timed(() => warehouse.query(sql, {}))).toFixed(0);
    }
    const lines = await warehouse.query('SELECT count(*) FROM fact_purchase_order_line', {});
    return {
      data: `${times}×`,
      orders: ORDERS * times,
      lines: String(lines.rows[0]?.[0]),
      'load s': (loadMs / 1000).toFixed(2),
      'orders/s': Math.round((ORDERS * times * 1000) / loadMs),
      'one change ms': oneMs.toFixed(0),
      'rebuild s': (rebuildMs / 1000).toFixed(2),
      ...answers,
      'peak RSS MB': peak(),
      'file MB': Math.round((await stat(file)).size / 1e6),
    };
  } finally {
    await warehouse.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function applyAll(warehouse: Warehouse, times: number): Promise<void> {
  for await (const page of pages(times)) await warehouse.apply(page);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function watchMemory(): () => number {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  return () => {
    clearInterval(timer);
    return Math.round(peak / 1e6);
  };
}

type Written = Pick<LoggedChange, 'kind' | 'after'> & { readonly key: string };

async function* pages(times: number): AsyncGenerator<LoggedChange[]> {
  let page: LoggedChange[] = [];
  let position = 0;
  for (const written of log(times)) {
    position += 1;
    page.push(change(position, written));
    if (page.length === BATCH) {
      yield page;
      page = [];
      await new Promise(setImmediate);
    }
  }
  if (page.length > 0) yield page;
}

function change(position: number, { key, kind, after }: Written): LoggedChange {
  return {
    position: BigInt(position),
    kind,
    recordId: `${kind}_${key}`,
    before: undefined,
    after,
    source: { integration: 'bench', key },
  };
}

function* log(times: number): Generator<Written> {
  for (let at = 0; at < SUPPLIERS; at += 1) {
    const content = { number: `S${at}`, name: `Supplier ${at}`, status: 'active', country: 'US' };
    yield { kind: 'supplier', key: `s${at}`, after: content };
  }
  for (let at = 0; at < ITEMS; at += 1) yield itemOf(at);
  for (let at = 0; at < ORDERS * times; at += 1) yield orderOf(at);
}

function itemOf(at: number): Written {
  const price = { amount: `${10 + (at % 90)}.2500`, currency: 'USD' };
  return {
    kind: 'item',
    key: `i${at}`,
    after: {
      number: `I${at}`,
      name: `Item ${at}`,
      kind: 'raw',
      status: 'active',
      baseUnit: 'EA',
      categoryPath: [`Category ${at % 8}`, `Sub ${at % 40}`],
      supplierItems: [0, 1, 2].map((nth) => ({
        supplier: `s${(at + nth) % SUPPLIERS}`,
        standardPrice: price,
        leadTimeDays: 17,
      })),
    },
  };
}

function orderOf(at: number): Written {
  const day = new Date(Date.UTC(2023, 0, 1 + (at % 1_090))).toISOString().slice(0, 10);
  const lines = Array.from({ length: at % 5 === 0 ? 3 : 2 }, (_, nth) => ({
    number: `${nth + 1}`,
    item: `i${(at * 7 + nth) % ITEMS}`,
    ordered: { value: `${1 + (at % 500)}`, unit: 'EA' },
    received: `${1 + (at % 500)}.00`,
    rejected: '0.00',
    unitPrice: `${10 + (at % 90)}.4735`,
    priceBase: '1',
    netAmount: `${(10 + (at % 90)) * 3}.1235`,
    promisedOn: day,
  }));
  return {
    kind: 'purchase-order',
    key: `p${at}`,
    after: {
      number: `PO${at}`,
      kind: 'standard',
      supplier: `s${at % SUPPLIERS}`,
      status: 'closed',
      issuedOn: day,
      shippedOn: day,
      currency: 'USD',
      netAmount: '100.00',
      taxAmount: '8.00',
      requester: `${at % 12}`,
      shipMethod: 'TRUCK',
      lines,
    },
  };
}

if (import.meta.main) await run();
