import type { DuckDBConnection } from '@duckdb/node-api';
import { appendRows } from './append-rows.ts';
import { latestStates } from './change.ts';
import type { LatestStates, LoggedChange } from './change.ts';
import {
  exchangeRateRow,
  itemRow,
  purchaseOrderLineRows,
  purchaseOrderRow,
  supplierItemRows,
  supplierRow,
} from './star-rows.ts';
import type { StarRow } from './star-rows.ts';
import { surrogateKey } from './surrogate-key.ts';

type LoadedTable = {
  readonly table: string;
  readonly key: string; // Rows are replaced by it: all of a touched key's rows go, then the new come.
  readonly touched: (states: LatestStates) => readonly bigint[];
  readonly rows: (states: LatestStates) => readonly StarRow[];
  readonly insert: string; // From the staged rows `s`.
};

const keysOf = (
  states: readonly { readonly integration: string; readonly key: string }[],
): bigint[] => states.map((state) => surrogateKey(state.integration, state.key));

const KNOWN_SUPPLIER =
  'LEFT JOIN dim_supplier AS supplier ON supplier.supplier_key = s.supplier_ref';
const KNOWN_ITEM = 'LEFT JOIN dim_item AS item ON item.item_key = s.item_ref';

/** Dimensions stand before the facts that look them up. */
const LOADED_TABLES: readonly LoadedTable[] = [
  {
    table: 'dim_supplier',
    key: 'supplier_key',
    touched: (states) => keysOf(states.supplier),
    rows: (states) => states.supplier.map(supplierRow),
    insert: 'SELECT s.* FROM stage_dim_supplier AS s',
  },
  {
    table: 'dim_item',
    key: 'item_key',
    touched: (states) => keysOf(states.item),
    rows: (states) => states.item.map(itemRow),
    insert: 'SELECT s.* FROM stage_dim_item AS s',
  },
  {
    table: 'dim_supplier_item',
    key: 'item_key',
    touched: (states) => keysOf(states.item),
    rows: (states) => states.item.flatMap(supplierItemRows),
    insert: 'SELECT s.* FROM stage_dim_supplier_item AS s',
  },
  {
    table: 'fact_purchase_order',
    key: 'order_key',
    touched: (states) => keysOf(states['purchase-order']),
    rows: (states) => living(states['purchase-order']).map(purchaseOrderRow),
    insert: `SELECT s.* REPLACE (coalesce(supplier.supplier_key, -1) AS supplier_key)
      FROM stage_fact_purchase_order AS s ${KNOWN_SUPPLIER}`,
  },
  {
    table: 'fact_purchase_order_line',
    key: 'order_key',
    touched: (states) => keysOf(states['purchase-order']),
    rows: (states) => living(states['purchase-order']).flatMap(purchaseOrderLineRows),
    insert: `SELECT s.* REPLACE (coalesce(supplier.supplier_key, -1) AS supplier_key,
        coalesce(item.item_key, -1) AS item_key)
      FROM stage_fact_purchase_order_line AS s ${KNOWN_SUPPLIER} ${KNOWN_ITEM}`,
  },
  {
    table: 'fact_exchange_rate',
    key: 'rate_key',
    touched: (states) => keysOf(states['exchange-rate']),
    rows: (states) => living(states['exchange-rate']).map(exchangeRateRow),
    insert: 'SELECT s.* FROM stage_fact_exchange_rate AS s',
  },
];

/** Makes the temporary tables a batch passes through; they live as long as the connection. */
export async function createStaging(connection: DuckDBConnection): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE touched (key BIGINT NOT NULL)');
  for (const { table } of LOADED_TABLES) {
    await connection.run(`CREATE OR REPLACE TEMP TABLE stage_${table} AS FROM ${table} LIMIT 0`);
  }
}

/** Brings the star to where these changes leave it, within the connection's transaction. */
export async function loadChanges(
  connection: DuckDBConnection,
  changes: readonly LoggedChange[],
): Promise<void> {
  const states = latestStates(changes);
  for (const loaded of LOADED_TABLES) {
    const touched = loaded.touched(states);
    if (touched.length > 0) await replaceRows(connection, loaded, touched, loaded.rows(states));
    if (loaded.table === 'dim_supplier' && touched.length > 0) await settleSuppliers(connection);
    if (loaded.table === 'dim_item' && touched.length > 0) await settleItems(connection);
  }
}

async function replaceRows(
  connection: DuckDBConnection,
  { table, key, insert }: LoadedTable,
  touched: readonly bigint[],
  rows: readonly StarRow[],
): Promise<void> {
  const stage = `stage_${table}`;
  await connection.run(`TRUNCATE touched; TRUNCATE ${stage}`);
  await appendRows(
    connection,
    'touched',
    ['key'],
    touched.map((value) => ({ key: value })),
  );
  await connection.run(`DELETE FROM ${table} WHERE ${key} IN (SELECT key FROM touched)`);
  if (rows.length === 0) return;
  await appendRows(connection, stage, await columnsOf(connection, table), rows);
  await connection.run(`INSERT INTO ${table} ${insert}`);
}

/** Gives the orders that came before their supplier their key, now that it is known. */
async function settleSuppliers(connection: DuckDBConnection): Promise<void> {
  for (const fact of ['fact_purchase_order', 'fact_purchase_order_line']) {
    await connection.run(`UPDATE ${fact} SET supplier_key = supplier_ref
      WHERE supplier_key = -1 AND supplier_ref IN (SELECT key FROM touched)`);
  }
}

async function settleItems(connection: DuckDBConnection): Promise<void> {
  await connection.run(`UPDATE fact_purchase_order_line SET item_key = item_ref
    WHERE item_key = -1 AND item_ref IN (SELECT key FROM touched)`);
}

async function columnsOf(connection: DuckDBConnection, table: string): Promise<string[]> {
  const empty = await connection.run(`SELECT * FROM ${table} LIMIT 0`);
  return empty.columnNames();
}

function living<State extends { readonly deleted: boolean }>(states: readonly State[]): State[] {
  return states.filter((state) => !state.deleted);
}
