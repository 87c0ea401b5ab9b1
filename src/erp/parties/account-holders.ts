import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Whose these IBANs are, or were: the parties of each. */
export async function accountHolders(
  handle: Handle,
  ibans: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await rows<{ iban: string; party: string }>(
    handle,
    sql`select distinct account_key as iban, party from erp_parties.bank_account
      where account_key = any(${[...new Set(ibans)]}) order by 1, 2`,
  );
  const byIban = Map.groupBy(found, ({ iban }) => iban);
  return new Map([...byIban].map(([iban, of]) => [iban, of.map(({ party }) => party)]));
}
