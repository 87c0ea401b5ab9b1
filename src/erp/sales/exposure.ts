import { rows, send, sql } from '#database';
import type { Handle } from '#database';
import { owedBy } from '#erp/open-items';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Party } from '#erp/parties';
import type { SalesOrder, SalesOrderLine } from './sales-order.ts';

const ZERO = decimal('0');
const SHARE_PLACES = 12;

/**
 * By customer who has a credit limit: what he owes, and what is confirmed for him and not yet charged;
 * company currency.
 */
export async function exposuresOf(
  tx: Handle,
  legalEntity: string,
  known: ReadonlyMap<string, Pick<Party, 'creditLimit'>>,
): Promise<Map<string, Decimal>> {
  const limited = [...known].filter(([, { creditLimit }]) => creditLimit !== undefined);
  if (limited.length === 0) return new Map();
  const customers = limited.map(([customer]) => customer).toSorted();
  // Two orders of one customer at once: the second sees what the first was granted.
  await send(
    tx,
    sql`select pg_advisory_xact_lock(hashtextextended('erp_sales ' || c, 0))
      from unnest(${customers}::text[]) as c order by c`,
  );
  const [owed, ahead] = await Promise.all([
    owedBy(tx, { legalEntity, side: 'receivable', parties: customers }),
    rows<{ customer: string; amount: Decimal }>(
      tx,
      // Order by order: a join would go through the lines of all orders there are.
      sql`select o.customer, sum(a.amount)::text as amount
        from erp_sales.sales_order o
        cross join lateral (
          select sum(greatest(l.ordered - l.invoiced, 0) * l.net / l.ordered) * o.rate as amount
          from erp_sales.sales_order_line l where l.order_id = o.id and not l.is_cancelled
        ) a
        where o.customer = any(${customers}) and o.legal_entity = ${legalEntity}
          and o.decision = 'confirmed' and not o.is_closed and o.is_uncharged
        group by o.customer having sum(a.amount) is not null`,
    ),
  ]);
  const exposures = new Map(owed);
  for (const { customer, amount } of ahead) {
    exposures.set(customer, addDecimals(exposures.get(customer) ?? ZERO, amount));
  }
  return exposures;
}

/** What of an order is still to be charged, in the company's currency. */
export function aheadOf(
  { rate }: Pick<SalesOrder, 'rate'>,
  lines: readonly Pick<SalesOrderLine, 'ordered' | 'invoiced' | 'net' | 'isCancelled'>[],
): Decimal {
  const open = lines.flatMap(({ ordered, invoiced, net, isCancelled }) => {
    const left = subtractDecimals(ordered, invoiced);
    if (isCancelled || compareDecimals(left, ZERO) <= 0) return [];
    return [divideDecimals(multiplyDecimals(left, net), ordered, SHARE_PLACES) ?? ZERO];
  });
  return multiplyDecimals(sumDecimals(open), rate);
}
