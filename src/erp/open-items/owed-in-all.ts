import { rows, sql } from '#database';
import type { Handle } from '#database';
import { assert } from '#kernel';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { AGE_LIMITS } from './aging.ts';
import type { Side } from './open-item.ts';

/** What one side is owed now, in the company's currency. What lowers it counts as not due. */
type OwedInAll = {
  readonly open: Decimal;
  readonly overdue: Decimal;
  readonly overdueItems: number;
  readonly soon: Decimal; // Due from the day on, and no later than the last; less what lowers it.
  readonly soonItems: number;
  readonly notDue: Decimal;
  readonly byAge: readonly Decimal[]; // Overdue for 1 to 30, 60, 90 days, and longer.
};

/** What of the open items that fit is owed. */
const sum = (which: ReturnType<typeof sql>) =>
  sql`coalesce(sum((i.company_amount - i.company_cleared)
    * case i.effect when 'raises' then 1 else -1 end) filter (where ${which}), 0)::text`;

/** What a legal entity is owed, or owes, in all, and how old it is on a day. */
export async function owedInAll(
  handle: Handle,
  of: {
    readonly legalEntity: string;
    readonly side: Side;
    readonly on: LocalDate;
    readonly until: LocalDate; // The last day that is soon.
  },
): Promise<OwedInAll> {
  const raises = sql`i.effect = 'raises'`;
  const overdue = sql`${raises} and i.due_on < ${of.on}::date`;
  const soon = sql`i.due_on between ${of.on}::date and ${of.until}::date`;
  const limits: readonly number[] = AGE_LIMITS;
  const ages = [0, ...limits].map((after, at) =>
    sum(sql`${raises} and ${of.on}::date - i.due_on > ${after}::integer
      and (${limits[at] ?? null}::integer is null
        or ${of.on}::date - i.due_on <= ${limits[at] ?? null}::integer)`),
  );
  const [found] = await rows<OwedInAll>(
    handle,
    sql`select ${sum(sql`true`)} as open, ${sum(overdue)} as overdue, ${sum(soon)} as soon,
        count(*) filter (where ${overdue})::integer as "overdueItems",
        count(*) filter (where ${soon})::integer as "soonItems",
        ${sum(sql`not (${overdue})`)} as "notDue", array[${sql.join(ages)}] as "byAge"
      from erp_open_items.open_item i
      where i.legal_entity = ${of.legalEntity} and i.side = ${of.side} and i.cleared < i.amount`,
  );
  assert(found !== undefined, 'a sum has one row');
  return found;
}
