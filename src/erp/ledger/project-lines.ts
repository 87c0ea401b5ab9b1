import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Name } from '#erp/company';
import type { Said } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { EntryKind } from './entry.ts';
import { saidOfEntry } from './entry-text.ts';

/** What a project has moved on an account of income or expense; company currency. */
export type ProjectSum = {
  readonly project: string;
  readonly account: string;
  readonly name: Name;
  readonly kind: 'income' | 'expense';
  readonly amount: Decimal; // A debit is above zero.
};

/** A line of income or expense that names a project. */
export type ProjectLine = {
  readonly id: string; // Of the line: its entry and number.
  readonly entry: string;
  readonly entryNumber: string;
  readonly postedOn: LocalDate;
  readonly account: string;
  readonly kind: 'income' | 'expense';
  readonly amount: Decimal; // Company currency; a debit is above zero.
  readonly party: string | null;
  readonly item: string | null;
  readonly text: string;
  readonly said?: Said; // The text for other languages; what a person worded has none.
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly sourceNumber: string;
};

const WITH_ACCOUNTS = sql`join erp_ledger.account a on a.legal_entity = l.legal_entity and a.number = l.account
    and a.kind in ('income', 'expense')`;

/** What projects have cost and earned until the end of a day, by account; without closing entries. */
export const projectSums = (
  handle: Handle,
  wish: {
    readonly legalEntity: string;
    readonly projects: readonly string[];
    readonly to?: LocalDate;
  },
): Promise<readonly ProjectSum[]> =>
  rows<ProjectSum>(
    handle,
    sql`select l.project, l.account, a.name, a.kind, sum(l.company_amount)::text as amount
      from unnest(${[...new Set(wish.projects)]}::text[]) as wanted(project)
        -- Project by project: a join might go through all lines of the accounts.
        cross join lateral (select * from erp_ledger.journal_line each
          where each.project = wanted.project offset 0) l
        ${WITH_ACCOUNTS}
      where l.legal_entity = ${wish.legalEntity}
        and l.posted_on <= ${wish.to ?? 'infinity'}::date and l.period <> 14
      group by l.project, l.account, a.name, a.kind order by l.project, l.account`,
  );

/** The lines behind it, the newest first. */
export async function projectLines(
  handle: Handle,
  wish: {
    readonly legalEntity: string;
    readonly project: string;
    readonly from?: LocalDate;
    readonly to?: LocalDate;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly ProjectLine[]> {
  const [entry = '', line = '0'] = (wish.after ?? '').split('~');
  const found = await rows<ProjectLine & { readonly entryKind: EntryKind }>(
    handle,
    sql`select l.entry_id || '~' || l.number as id, l.entry_id as entry, e.number as "entryNumber",
        l.posted_on as "postedOn", l.account, a.kind, e.kind as "entryKind", l.company_amount::text as amount, l.party,
        l.item, coalesce(l.text, e.text) as text, e.source_kind as "sourceKind",
        e.source_id as "sourceId", e.source_number as "sourceNumber"
      from erp_ledger.journal_line l ${WITH_ACCOUNTS}
        join erp_ledger.journal_entry e on e.id = l.entry_id
      where l.project = ${wish.project} and l.legal_entity = ${wish.legalEntity}
        and l.posted_on >= ${wish.from ?? '-infinity'}::date
        and l.posted_on <= ${wish.to ?? 'infinity'}::date and l.period <> 14
        and (${entry} = '' or (e.fiscal_year, e.sequence, l.number) < (
          select b.fiscal_year, b.sequence, ${Number(line)}::integer
          from erp_ledger.journal_entry b where b.id = ${entry}))
      order by e.fiscal_year desc, e.sequence desc, l.number desc limit ${wish.limit}`,
  );
  return found.map(({ entryKind, ...told }) => {
    const source = { kind: told.sourceKind, number: told.sourceNumber };
    const said = saidOfEntry({ kind: entryKind, source, text: told.text });
    return said === undefined ? told : { ...told, said };
  });
}
