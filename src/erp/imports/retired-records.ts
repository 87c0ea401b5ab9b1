import { rows, sql } from '#database';
import type { Desk, ImportKindName } from './import-kind.ts';

/**
 * Asks of a record whether it is out of use only because the import that made it was taken back, and
 * nobody has changed it since: a file that names it then takes it into use again.
 */
export async function retiredRecords(
  { tx, context }: Pick<Desk, 'tx' | 'context'>,
  kind: ImportKindName,
  keys: readonly string[],
): Promise<(record: { readonly number: string; readonly version: number }) => boolean> {
  const found = await rows<{ key: string; version: number }>(
    tx,
    sql`select key, version from erp_imports.retired_record
      where legal_entity = ${context.legalEntity} and kind = ${kind} and key = any(${[...keys]})`,
  );
  const versions = new Set(found.map(({ key, version }) => `${version} ${key}`));
  return ({ number, version }) => versions.has(`${version} ${number}`);
}
