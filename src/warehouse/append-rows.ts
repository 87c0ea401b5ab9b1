import {
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalType,
  DuckDBDecimalValue,
  DuckDBTypeId,
} from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import { RialtoError } from '#kernel';
import { decimal, roundDecimal } from '#kernel/decimal';
import { daysBetween, localDate } from '#kernel/time';
import type { WarehouseErrorCode } from './errors.ts';
import type { StarRow } from './star-rows.ts';

const CHUNK_ROWS = 2048; // DuckDB's own vector size.
const EPOCH = localDate('1970-01-01');

/** Appends rows to a temporary table within the connection's transaction. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  columns: readonly string[],
  rows: readonly StarRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const appender = await connection.createAppender(table, 'main', 'temp');
  try {
    const types = columns.map((_, at) => appender.columnType(at));
    for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
      const part = rows.slice(from, from + CHUNK_ROWS);
      const chunk = DuckDBDataChunk.create(types, part.length);
      chunk.setColumns(
        columns.map((name, at) => part.map((row) => valueFor(types[at], row, name))),
      );
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

function valueFor(type: DuckDBType | undefined, row: StarRow, name: string): DuckDBValue {
  const value = row[name] ?? null;
  if (typeof value !== 'string') return value;
  if (type instanceof DuckDBDecimalType) {
    const units = unitsOf(value, type);
    if (units === undefined) throw tooLarge(row, name);
    return new DuckDBDecimalValue(units, type.width, type.scale);
  }
  if (type?.typeId === DuckDBTypeId.DATE) {
    return new DuckDBDateValue(daysBetween(EPOCH, localDate(value)));
  }
  return value;
}

/**
 * The decimal as a count of the column's smallest step; further places are rounded half away from
 * zero. Undefined: it does not fit.
 */
function unitsOf(text: string, type: DuckDBDecimalType): bigint | undefined {
  const point = text.indexOf('.');
  const places = point === -1 ? 0 : text.length - point - 1;
  if (places > type.scale) return unitsOf(roundDecimal(decimal(text), type.scale), type);
  const digits = point === -1 ? text : text.slice(0, point) + text.slice(point + 1);
  const units = BigInt(digits + '0'.repeat(type.scale - places));
  const fits = digits.length + type.scale - places < type.width || digitsOf(units) <= type.width;
  return fits ? units : undefined;
}

const digitsOf = (units: bigint): number => String(units < 0n ? -units : units).length;

function tooLarge(row: StarRow, name: string): RialtoError<WarehouseErrorCode> {
  return new RialtoError('invalid', 'warehouse.amount-too-large', 'loading changes', {
    cause: new Error(`${name} of ${String(row['record_id'])} is ${String(row[name])}`),
    remedy: 'Correct the amount in the source and sync again.',
  });
}
