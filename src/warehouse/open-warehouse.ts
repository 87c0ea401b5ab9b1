import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { RialtoError } from '#kernel';
import { calendarSql } from './calendar.ts';
import type { WarehouseErrorCode } from './errors.ts';
import { runQuery } from './run-query.ts';
import type { QueryParameters, QueryResult } from './run-query.ts';
import { SCHEMA_SQL, SCHEMA_VERSION } from './schema.ts';

export type WarehouseSettings = {
  readonly file: string; // ':memory:' keeps nothing.
  readonly memoryLimitMb: number;
  readonly fiscalYearStartMonth: number; // 1 … 12.
};

/** The star schema in one DuckDB file, owned by this process alone. */
export type Warehouse = {
  position(): Promise<bigint>;
  query(sql: string, parameters: QueryParameters): Promise<QueryResult>;
  close(): void;
};

/** Opens the file, or makes it. */
export async function openWarehouse(settings: WarehouseSettings): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(settings.file, {
    memory_limit: `${settings.memoryLimitMb}MB`,
    threads: '2',
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  });
  const writer = await instance.connect();
  await createSchema(writer, settings);
  let open = true;
  return {
    async position() {
      const reader = await writer.runAndReadAll('SELECT position FROM load_state');
      return BigInt(String(reader.getRows()[0]?.[0] ?? 0));
    },
    async query(sql, parameters) {
      if (!open) throw closed();
      const connection = await instance.connect();
      try {
        return await runQuery(connection, sql, parameters);
      } finally {
        connection.closeSync();
      }
    },
    close() {
      if (!open) return;
      open = false;
      writer.closeSync();
      instance.closeSync();
    },
  };
}

async function createSchema(writer: DuckDBConnection, settings: WarehouseSettings): Promise<void> {
  const month = settings.fiscalYearStartMonth;
  await writer.run(SCHEMA_SQL);
  await writer.run(calendarSql(month));
  await writer.run('INSERT INTO load_state VALUES ($version, $month, 0, NULL)', {
    version: SCHEMA_VERSION,
    month,
  });
}

const closed = (): RialtoError<WarehouseErrorCode> =>
  new RialtoError('unavailable', 'warehouse.closed', 'using a warehouse that is closed');
