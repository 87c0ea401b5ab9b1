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

/** Which of these accounts a budget, another account or an entry that is still to be posted names. */
export async function accountsNamed(
  handle: Handle,
  legalEntity: string,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await rows<{ account: string }>(
    handle,
    sql`select n.account from (
        select account from erp_ledger.budget_line where legal_entity = ${legalEntity}
        union select revaluation_account from erp_ledger.account where legal_entity = ${legalEntity}
        union select l->>'account' from erp_ledger.recurring_entry r,
          jsonb_array_elements(r.draft->'lines') l
          where r.legal_entity = ${legalEntity} and r.status <> 'ended'
        union select l->>'account' from erp_ledger.parked_entry p,
          jsonb_array_elements(p.draft->'lines') l
          where p.legal_entity = ${legalEntity} and p.status = 'parked') n
      where n.account = any(${[...accounts]})`,
  );
  return new Set(found.map(({ account }) => account));
}
