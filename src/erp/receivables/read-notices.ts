import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Name } from '#erp/company';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** A reminder as it was sent. */
export type DunningNotice = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly run: string;
  readonly customer: string;
  readonly sentOn: LocalDate;
  readonly level: number; // The highest of its items.
  readonly currency: string;
  readonly amount: Decimal;
  readonly fee: Decimal; // Company currency.
  readonly text: Name;
  readonly feeEntry: string | null;
  readonly items: readonly {
    readonly item: string;
    readonly level: number;
    readonly amount: Decimal;
  }[];
};

const LIST = {
  table: 'erp_receivables.dunning_notice',
  alias: 'n',
  columns: { sentOn: 'sent_on', number: 'number', level: 'level', amount: 'amount' },
} as const;

/** Notices with the items they remind of, unless sorted otherwise the newest first. */
export async function listNotices(
  handle: Handle,
  filter: {
    readonly ids?: readonly string[];
    readonly legalEntity?: string;
    readonly customer?: string;
    readonly run?: string;
    readonly number?: string; // It begins like this.
    readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
    readonly after?: string; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly DunningNotice[]> {
  const { ids, legalEntity = null, customer = null, run = null } = filter;
  const { order, isAfter } = sortedBy(LIST, filter.sort ?? '-sentOn', filter.after);
  return await rows<DunningNotice>(
    handle,
    sql`select n.id, n.legal_entity as "legalEntity", n.number, n.run_id as run, n.customer,
        n.sent_on as "sentOn", n.level, n.currency, n.amount::text as amount, n.fee::text as fee,
        n.text, n.fee_entry_id as "feeEntry",
        (select jsonb_agg(jsonb_build_object('item', d.item_id, 'level', d.level,
            'amount', d.amount::text) order by d.item_id)
          from erp_receivables.dunned_item d where d.notice_id = n.id) as items
      from erp_receivables.dunning_notice n
      where (${legalEntity}::text is null or n.legal_entity = ${legalEntity})
        and ${ids === undefined ? sql`true` : sql`n.id = any(${[...ids]})`}
        and (${customer}::text is null or n.customer = ${customer})
        and (${run}::text is null or n.run_id = ${run})
        and starts_with(n.number, ${filter.number ?? ''})
        and ${isAfter}
      order by ${order} limit ${filter.limit}`,
  );
}
