import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { listAccounts } from './account.ts';
import type { LedgerProblemCode } from './errors.ts';
import { forgetMasters } from './masters.ts';
import { POSTING_KEYS } from './posting-key.ts';
import type { PostingKey, PostingTo } from './posting-key.ts';

/** What leads to an account. What is left out is any. */
export type DeterminationRule = PostingTo & { readonly account: string };

/** The rules of one legal entity, ready to be asked. */
export type Determination = (posting: PostingTo) => string | undefined;

/** Keys whose accounts agree with what documents keep beside the ledger. */
const CONTROLLED = ['stock', 'payable', 'receivable'] as const;

const COLUMNS = {
  posting: 'text',
  item_group: 'text',
  tax_code: 'text',
  party_group: 'text',
  bank_account: 'text',
  account: 'text',
} as const;

/** A rule as it is asked for: its key may be none that there is. */
type RuleDraft = Omit<DeterminationRule, 'key'> & { readonly key: string };

/** Writes rules down for the context's legal entity; a rule for the same is replaced. */
export async function setDetermination(
  tx: Handle,
  context: ErpContext,
  rules: readonly RuleDraft[],
): Promise<Result<DeterminationRule, LedgerProblemCode>[]> {
  const { legalEntity } = context;
  const chart = await listAccounts(tx, legalEntity);
  const keeping = new Map(chart.map(({ number, controlOf }) => [number, controlOf]));
  const results = rules.map((rule): Result<DeterminationRule, LedgerProblemCode> => {
    const key = POSTING_KEYS.find((known) => known === rule.key);
    if (key === undefined) {
      return refuse('ledger.no-such-posting-key', `nothing posts to ${rule.key}`, 'key');
    }
    if (!keeping.has(rule.account)) {
      return refuse('ledger.no-such-account', `there is no account ${rule.account}`, 'account');
    }
    // Else stock or open items would no longer be what their accounts say.
    const kept = CONTROLLED.find((each) => each === key);
    if (keeping.get(rule.account) === kept) return accept({ ...rule, key });
    const message =
      kept === undefined
        ? `account ${rule.account} is kept by documents`
        : `${key} goes to an account that is kept by documents of ${key}`;
    return refuse('ledger.control-account', message, 'account');
  });
  const good = results.flatMap((each) => (each.ok ? [each.value] : []));
  const values = [...new Map(good.map((rule) => [printOf(rule), rule])).values()].map((rule) => ({
    posting: rule.key,
    item_group: rule.itemGroup ?? '',
    tax_code: rule.taxCode ?? '',
    party_group: rule.partyGroup ?? '',
    bank_account: rule.bankAccount ?? '',
    account: rule.account,
  }));
  await rows(
    tx,
    sql`insert into erp_ledger.determination (legal_entity, posting, item_group, tax_code,
        party_group, bank_account, account)
      select ${legalEntity}, posting, item_group, tax_code, party_group, bank_account, account
      from ${unnested('n', COLUMNS, values)}
      on conflict (legal_entity, posting, item_group, tax_code, party_group, bank_account)
      do update set account = excluded.account`,
  );
  forgetMasters(tx, legalEntity);
  return results;
}

/** The rules of a legal entity, by posting key. */
export async function listDetermination(
  handle: Handle,
  legalEntity: string,
): Promise<DeterminationRule[]> {
  const found = await rows<{
    key: PostingKey;
    item_group: string;
    tax_code: string;
    party_group: string;
    bank_account: string;
    account: string;
  }>(
    handle,
    sql`select posting as key, item_group, tax_code, party_group, bank_account, account
      from erp_ledger.determination where legal_entity = ${legalEntity}
      order by posting, item_group, tax_code, party_group, bank_account`,
  );
  return found.map((row) => ({
    key: row.key,
    ...(row.item_group === '' ? {} : { itemGroup: row.item_group }),
    ...(row.tax_code === '' ? {} : { taxCode: row.tax_code }),
    ...(row.party_group === '' ? {} : { partyGroup: row.party_group }),
    ...(row.bank_account === '' ? {} : { bankAccount: row.bank_account }),
    account: row.account,
  }));
}

/**
 * Asks rules: of those that fit, the one that names most; of as many, the one that names the bank
 * account, else the item group, the tax code, the party group.
 */
export function determinationBy(rules: readonly DeterminationRule[]): Determination {
  const answers = new Map<string, string | undefined>();
  return (posting) => {
    const print = printOf(posting);
    if (!answers.has(print)) {
      const fitting = rules.filter((rule) => fits(rule, posting));
      const best = fitting.toSorted((a, b) => weightOf(b) - weightOf(a))[0];
      answers.set(print, best?.account);
    }
    return answers.get(print);
  };
}

const printOf = (posting: PostingTo): string =>
  [
    posting.key,
    posting.itemGroup ?? '',
    posting.taxCode ?? '',
    posting.partyGroup ?? '',
    posting.bankAccount ?? '',
  ].join('\n');

const fits = (rule: PostingTo, posting: PostingTo): boolean =>
  rule.key === posting.key &&
  (rule.itemGroup === undefined || rule.itemGroup === posting.itemGroup) &&
  (rule.taxCode === undefined || rule.taxCode === posting.taxCode) &&
  (rule.partyGroup === undefined || rule.partyGroup === posting.partyGroup) &&
  (rule.bankAccount === undefined || rule.bankAccount === posting.bankAccount);

const weightOf = (rule: PostingTo): number =>
  (rule.bankAccount === undefined ? 0 : 108) +
  (rule.itemGroup === undefined ? 0 : 104) +
  (rule.taxCode === undefined ? 0 : 102) +
  (rule.partyGroup === undefined ? 0 : 101);
