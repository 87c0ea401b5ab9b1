import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { Side } from './open-item.ts';

/** One movement on a party's account, in the currency of its document. */
export type StatementEntry = {
  readonly on: LocalDate;
  readonly kind: string; // Of the document, or 'discount'.
  readonly number: string;
  readonly currency: string;
  readonly dueOn: LocalDate | null;
  readonly amount: Decimal; // Above zero: it raises what is owed.
  readonly open: Decimal; // Of it, now.
  readonly balance: Decimal; // Of its currency, after it.
};

/** What was owed in one currency before the first day, and after the last. */
export type StatementBalance = {
  readonly currency: string;
  readonly opening: Decimal;
  readonly closing: Decimal;
};

/** A party's account from day to day. */
export type Statement = {
  readonly balances: readonly StatementBalance[];
  readonly entries: readonly StatementEntry[];
};

type Query = {
  readonly legalEntity: string;
  readonly side: Side;
  readonly party: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
};

/** What happened on a party's account between two days, both included, by currency and day. */
export async function statementOf(handle: Handle, query: Query): Promise<Statement> {
  const moved = movements(query);
  const balances = await rows<StatementBalance>(
    handle,
    sql`select currency,
        coalesce(sum(amount) filter (where "on" < ${query.from}), 0)::text as opening,
        sum(amount)::text as closing
      from (${moved}) m group by currency order by currency`,
  );
  const entries = await rows<StatementEntry>(
    handle,
    sql`select "on", kind, number, currency, "dueOn", amount::text as amount, open::text as open,
        balance::text as balance
      from (select m.*, sum(amount) over (partition by currency order by ${ORDER}) as balance
        from (${moved}) m) b
      where "on" >= ${query.from} order by currency, ${ORDER}`,
  );
  return { balances, entries };
}

/** By day and moment; a discount after the document that it came with. */
const ORDER = sql`"on", at, kind = 'discount', number, id`;

/** Documents by the day they are posted, discounts by the day they were taken. */
const movements = ({ legalEntity, side, party, to }: Query) => sql`
  select i.posted_on as "on", i.document_kind as kind, i.document_number as number, i.currency,
    case when i.effect = 'raises' then i.due_on end as "dueOn",
    case i.effect when 'raises' then i.amount else -i.amount end as amount,
    case i.effect when 'raises' then i.amount - i.cleared else i.cleared - i.amount end as open,
    i.created_at as at, i.id
  from erp_open_items.open_item i
  where i.legal_entity = ${legalEntity} and i.side = ${side} and i.party = ${party}
    and i.posted_on <= ${to}
  union all
  select a.allocated_on, 'discount', i.document_number, i.currency, null, -a.discount, 0,
    a.created_at, a.id
  from erp_open_items.allocation a join erp_open_items.open_item i on i.id = a.raising_item
  where i.legal_entity = ${legalEntity} and i.side = ${side} and i.party = ${party}
    and a.allocated_on <= ${to} and a.discount <> 0`;
