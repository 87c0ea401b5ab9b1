import { rows, sql } from '#database';
import type { Handle } from '#database';

/** Which of these accounts something is posted to that was not taken back. */
export async function accountsPosted(
  handle: Handle,
  legalEntity: string,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ account: string }>(
    handle,
    sql`select k.account from unnest(${[...accounts]}::text[]) as k(account)
      where exists (select from erp_ledger.journal_line l
        join erp_ledger.journal_entry e on e.id = l.entry_id
        where l.legal_entity = ${legalEntity} and l.account = k.account and e.reverses is null
          and not exists (select from erp_ledger.journal_entry r where r.reverses = e.id))`,
  );
  return new Set(found.map(({ account }) => account));
}
