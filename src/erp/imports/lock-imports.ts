import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Lets one import of a legal entity be booked, or taken back, at a time: others wait here. */
export async function lockImports(tx: Handle, legalEntity: string): Promise<void> {
  const lock = `erp_imports ${legalEntity}`;
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
}
