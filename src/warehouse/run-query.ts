import { DuckDBTypeId, StatementType } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { RialtoError } from '#kernel';
import type { WarehouseErrorCode } from './errors.ts';

/** A value as it leaves the warehouse: amounts and days as exact text. */
export type Cell = string | number | boolean | null;

/** The parameters of a query by name, without the `$` they carry in the SQL. */
export type QueryParameters = Readonly<Record<string, string | number | bigint | null>>;

/** Rows in the order of the query; `type` is DuckDB's name, as 'DECIMAL(38,8)'. */
export type QueryResult = {
  readonly columns: { readonly name: string; readonly type: string }[];
  readonly rows: Cell[][];
};

/** Runs one SELECT (or WITH … SELECT) and nothing else, on a connection of its own. */
export async function runQuery(
  connection: DuckDBConnection,
  sql: string,
  parameters: QueryParameters,
): Promise<QueryResult> {
  try {
    await connection.run('BEGIN TRANSACTION READ ONLY');
    if (!/^\s*\(*\s*(select|with)\b/i.test(sql)) throw refused(sql);
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) throw refused(sql);
    const prepared = await statements.prepare(0);
    if (prepared.statementType !== StatementType.SELECT) throw refused(sql);
    prepared.bind({ ...parameters });
    const reader = await prepared.runAndReadAll();
    const types = reader.columnTypes();
    return {
      columns: reader.columnNames().map((name, at) => ({ name, type: String(types[at]) })),
      rows: reader.getRows().map((row) => row.map((value, at) => cellOf(value, types[at]))),
    };
  } catch (error) {
    if (error instanceof RialtoError) throw error;
    throw new RialtoError<WarehouseErrorCode>(
      'bug',
      'warehouse.query-failed',
      'running a query on the warehouse',
      { cause: error },
    );
  }
}

function refused(sql: string): RialtoError<WarehouseErrorCode> {
  return new RialtoError('invalid', 'warehouse.query-refused', 'reading a query', {
    cause: new Error(`not a single SELECT statement: ${sql.slice(0, 200)}`),
    remedy: 'Send one statement that begins with SELECT or WITH.',
  });
}

function cellOf(value: DuckDBValue, type: DuckDBType | undefined): Cell {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') {
    return type?.typeId !== DuckDBTypeId.DECIMAL && isSafe(value) ? Number(value) : String(value);
  }
  return String(value); // Decimals, days, instants and lists print exactly.
}

const isSafe = (value: bigint): boolean =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
