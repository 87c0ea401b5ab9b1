import type { Warehouse } from './open-warehouse.ts';
import { STAR_TABLES } from './schema.ts';

/** A fingerprint of each table's rows, whatever order they lie in: equal stars hash equal. */
export async function starHash(
  warehouse: Pick<Warehouse, 'query'>,
): Promise<Readonly<Record<string, string>>> {
  const hashes: Record<string, string> = {};
  for (const table of STAR_TABLES) {
    const { rows } = await warehouse.query(
      `SELECT count(*) || ' rows, ' || coalesce(sum(hash(each)), 0) FROM ${table} AS each`,
      {},
    );
    hashes[table] = String(rows[0]?.[0]);
  }
  return hashes;
}
