import { rows, sql } from '#database';
import type { Handle } from '#database';
import { companyCurrencyOf, companyRates, paymentTerms } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { readProjects } from '#erp/company/projects';
import { taxCodes as readTaxCodes } from '#erp/company/tax';
import { itemFacts } from '#erp/items';
import { customerFacts } from '#erp/parties';
import { findDeliveries, lockOrders, ordersBehind } from '#erp/sales';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { DocumentFacts } from './decide-invoice.ts';
import { keyOf } from './decided-document.ts';

/** What documents name. */
export type Named = {
  readonly customers: readonly string[];
  readonly items: readonly string[];
  readonly orders: readonly string[];
  readonly deliveries: readonly string[];
  readonly free: readonly { readonly project?: string }[]; // Lines without an order.
  readonly rates: readonly { readonly currency: string | undefined; readonly on: LocalDate }[];
};

/**
 * What deciding documents needs: one question for each kind of thing. The orders are locked, also
 * those behind deliveries; whoever charges them meanwhile has been waited for.
 */
export async function readDocumentFacts(
  tx: Handle,
  { legalEntity }: ErpContext,
  named: Named,
): Promise<DocumentFacts> {
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const behind = await ordersBehind(tx, named.deliveries);
  const orders = await lockOrders(tx, [...named.orders, ...behind]);
  const all = [...orders.values()];
  const [deliveries, customers, items, charged, taxCodes, terms, projectProblem] =
    await Promise.all([
      findDeliveries(tx, named.deliveries), // Taken back meanwhile is seen.
      customerFacts(tx, [...named.customers, ...all.map(({ customer }) => customer)]),
      itemFacts(tx, [
        ...named.items,
        ...all.flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
      ]),
      chargedOf(tx, named.deliveries),
      readTaxCodes(tx, { legalEntity }),
      paymentTerms(tx),
      readProjects(tx, legalEntity, named.free),
    ]);
  const days = [...new Set(named.rates.map(({ on }) => on))];
  const currencies = new Set([
    ...named.rates.map(({ currency }) => currency ?? companyCurrency),
    ...all.map(({ currency }) => currency),
    ...[...customers.values()].map(({ currency }) => currency ?? companyCurrency),
  ]);
  currencies.delete(companyCurrency);
  const rateOf = await companyRates(
    tx,
    companyCurrency,
    [...currencies].flatMap((currency) => days.map((on) => ({ currency, on }))),
  );
  return {
    legalEntity,
    companyCurrency,
    customers,
    items,
    orders,
    deliveries,
    chargedOf: charged,
    taxCodes,
    terms,
    projectProblem,
    rateOf,
  };
}

/** What documents that stand have charged of deliveries' lines, or given back for returns' lines. */
async function chargedOf(
  tx: Handle,
  deliveries: readonly string[],
): Promise<ReadonlyMap<string, Decimal>> {
  if (deliveries.length === 0) return new Map();
  const found = await rows<{ delivery: string; line: number; quantity: Decimal }>(
    tx,
    sql`select l.delivery_id as delivery, l.delivery_line as line,
        sum(l.quantity - coalesce(s.quantity, 0))::text as quantity
      from erp_receivables.customer_invoice_line l
        left join lateral (select c.quantity from erp_receivables.corrected_line c
          where c.invoice_id = l.invoice_id and c.number = l.number) s on true
      where l.delivery_id = any(${[...deliveries]})
        and not exists
          (select 1 from erp_receivables.cancellation c where c.invoice_id = l.invoice_id)
      group by 1, 2`,
  );
  return new Map(found.map(({ delivery, line, quantity }) => [keyOf(delivery, line), quantity]));
}
