import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { decideOrder } from './decide-order.ts';
import type { DecidedOrder } from './decide-order.ts';
import type { SalesProblemCode } from './errors.ts';
import { readOrderFacts } from './order-facts.ts';
import type { SalesOrderDraft } from './sales-order.ts';

type Created = { readonly id: string; readonly number: string };
type Numbered = Created & { readonly order: DecidedOrder };

/** Writes orders down as drafts; `steerOrders` confirms them. */
export async function createOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly SalesOrderDraft[],
): Promise<readonly Result<Created, SalesProblemCode>[]> {
  const facts = await readOrderFacts(tx, context, drafts);
  const decided = drafts.map((draft) => decideOrder(facts, draft));
  const orders = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const numbered = await numberAll(tx, context, orders);
  await insertOrders(tx, context, numbered);
  const created = numbered.values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number = '' } = created.next().value ?? {};
    return accept({ id, number });
  });
}

async function numberAll(
  tx: Handle,
  { clock, legalEntity }: ErpContext,
  orders: readonly DecidedOrder[],
): Promise<readonly Numbered[]> {
  const nowMs = millisecondsOf(clock());
  const days = orders.map(({ issuedOn }) => issuedOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'SO', days);
  return orders.map((order, at) => ({
    id: newId('so', nowMs),
    number: numbers[at] ?? '',
    order,
  }));
}

const ORDER = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  customer: 'text',
  decision: 'text',
  issued_on: 'date',
  requested_on: 'date',
  currency: 'text',
  rate: 'numeric',
  payment_terms: 'text',
  salesperson: 'text',
  channel: 'text',
  customer_reference: 'text',
  text: 'text',
  net: 'numeric',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

const LINE = {
  order_id: 'text',
  number: 'integer',
  item: 'text',
  text: 'text',
  unit: 'text',
  ordered: 'numeric',
  unit_price: 'numeric',
  price_base: 'numeric',
  discount_percent: 'numeric',
  net: 'numeric',
  tax_code: 'text',
  warehouse: 'text',
  cost_centre: 'text',
  project: 'text',
  promised_on: 'date',
  first_promised_on: 'date',
  over_percent_max: 'numeric',
  is_delivered_against: 'boolean',
  is_charged_ahead: 'boolean',
} as const;

async function insertOrders(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  orders: readonly Numbered[],
): Promise<void> {
  const now = clock();
  const headers = orders.map(({ id, number, order }) => ({
    id,
    legal_entity: legalEntity,
    number,
    customer: order.customer,
    decision: 'draft',
    issued_on: order.issuedOn,
    requested_on: order.requestedOn,
    currency: order.currency,
    rate: order.rate,
    payment_terms: order.paymentTerms,
    salesperson: order.salesperson,
    channel: order.channel,
    customer_reference: order.customerReference ?? '',
    text: order.text ?? '',
    net: order.net,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_sales.sales_order', ORDER, headers);
  const lines = orders.flatMap(({ id, order }) =>
    order.lines.map((line, at) => ({
      order_id: id,
      number: (at + 1) * 10,
      item: line.item,
      text: line.text,
      unit: line.unit,
      ordered: line.quantity,
      unit_price: line.unitPrice,
      price_base: line.priceBase,
      discount_percent: line.discountPercent,
      net: line.net,
      tax_code: line.taxCode,
      warehouse: line.warehouse,
      cost_centre: line.costCentre,
      project: line.project,
      promised_on: line.promisedOn,
      first_promised_on: line.promisedOn,
      over_percent_max: line.overPercentMax ?? '0',
      is_delivered_against: line.isDeliveredAgainst,
      is_charged_ahead: line.isChargedAhead ?? false,
    })),
  );
  await insertRows(tx, 'erp_sales.sales_order_line', LINE, lines);
}
