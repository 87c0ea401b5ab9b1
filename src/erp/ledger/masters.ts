import { memory, rows, sql } from '#database';
import type { Handle } from '#database';
import type { LocalDate } from '#kernel/time';
import type { PostingKey, PostingTo } from './posting-key.ts';

/** What deciding asks of an account. */
export type AccountFacts = {
  readonly controlOf: string | null;
  readonly currency: string | null;
  readonly blocked: boolean;
};

/** What deciding asks of a cost centre. */
export type CostCentreFacts = { readonly validFrom: LocalDate; readonly validTo: LocalDate | null };

/** Master data of one legal entity's books. */
type Masters = {
  readonly fourEyes: boolean;
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  readonly rules: readonly Rule[]; // That lead posting keys to accounts.
  readonly costCentres: ReadonlyMap<string, CostCentreFacts>;
};

type Rule = PostingTo & { readonly account: string };

/** What drafts name: of the master data, no more than this is read. */
export type Named = {
  readonly postings: readonly string[];
  readonly accounts: readonly string[];
  readonly costCentres: readonly string[];
};

const remembered = memory<Masters>();
const beginnings = memory<true>();

/**
 * Accounts, rules and cost centres of legal entities, by their code; without `named` all of them. Who asks once,
 * as most do, reads what is named. Who asks again will ask more often: all is read then, and remembered.
 */
export async function readMasters(
  tx: Handle,
  entities: readonly string[],
  named: Named | undefined,
): Promise<ReadonlyMap<string, Masters>> {
  let begins = false;
  await beginnings.read(tx, 'asked', () => {
    begins = true;
    return Promise.resolve(true);
  });
  if (begins) return await readNamed(tx, entities, named);
  return await remembered.readMany(tx, entities, (asked) => readNamed(tx, asked, undefined));
}

/** This transaction has changed a legal entity's master data. */
export const forgetMasters = (tx: Handle, legalEntity: string): void =>
  remembered.forget(tx, legalEntity);

async function readNamed(
  tx: Handle,
  entities: readonly string[],
  named: Named | undefined,
): Promise<ReadonlyMap<string, Masters>> {
  const rules =
    named === undefined ? sql`true` : sql`d.posting = any(${[...named.postings]}::text[])`;
  const accounts =
    named === undefined
      ? sql`true`
      : sql`(a.number = any(${[...named.accounts]}::text[]) or a.number in (
          select d.account from erp_ledger.determination d
          where d.legal_entity = entity and ${rules}))`;
  const centres =
    named === undefined ? sql`true` : sql`c.code = any(${[...named.costCentres]}::text[])`;
  const found = await rows<{
    entity: string;
    four_eyes: boolean;
    accounts: Record<string, AccountFacts> | null;
    rules: (Record<string, string> & { key: PostingKey; account: string })[] | null;
    centres: Record<string, CostCentreFacts> | null;
  }>(
    tx,
    sql`select entity, coalesce((select four_eyes from erp_ledger.setting
          where legal_entity = entity), false) as four_eyes,
        (select json_object_agg(number, json_build_object('controlOf', control_of,
          'currency', currency, 'blocked', blocked))
          from erp_ledger.account a where a.legal_entity = entity and ${accounts}) as accounts,
        (select json_agg(json_build_object('key', posting, 'itemGroup', item_group,
          'taxCode', tax_code, 'partyGroup', party_group, 'bankAccount', bank_account,
          'account', account))
          from erp_ledger.determination d where d.legal_entity = entity and ${rules}) as rules,
        (select json_object_agg(code, json_build_object('validFrom', valid_from,
          'validTo', valid_to))
          from erp_ledger.cost_centre c where c.legal_entity = entity and ${centres}) as centres
      from unnest(${[...entities]}::text[]) as entity`,
  );
  return new Map(
    found.map((row) => [
      row.entity,
      {
        fourEyes: row.four_eyes,
        accounts: new Map(Object.entries(row.accounts ?? {})),
        costCentres: new Map(Object.entries(row.centres ?? {})),
        rules: (row.rules ?? []).map(ruleOf),
      },
    ]),
  );
}

/** '' says any: it becomes what is left out. */
function ruleOf(row: Record<string, string> & { key: PostingKey; account: string }): Rule {
  const { key, account, ...narrowing } = row;
  return {
    key,
    account,
    ...Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== '')),
  };
}
