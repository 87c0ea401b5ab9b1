import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';

/** What is ordered for a project, and has neither come nor been charged. */
export type Commitment = {
  readonly project: string;
  readonly order: string;
  readonly number: string;
  readonly line: number;
  readonly text: string;
  readonly amount: Decimal; // Company currency at the order's rate, to six places.
};

/** What open orders will still cost projects: what is received against, once it comes, is a cost. */
export const committedTo = (
  handle: Handle,
  wish: { readonly legalEntity: string; readonly projects: readonly string[] },
): Promise<readonly Commitment[]> =>
  rows<Commitment>(
    handle,
    sql`select l.project, o.id as "order", o.number, l.number as line, l.text,
        round(l.net * (l.ordered - n.come) / l.ordered * o.rate, 6)::text as amount
      from erp_purchasing.purchase_order_line l
      join erp_purchasing.purchase_order o on o.id = l.order_id
      cross join lateral (select case when l.is_received_against then l.received
        else l.invoiced end as come) n
      where l.project = any(${[...wish.projects]}) and o.legal_entity = ${wish.legalEntity}
        and o.decision = 'issued' and not o.is_closed
        and not l.is_cancelled and not l.is_final and l.ordered > n.come
      order by o.number, l.number`,
  );
