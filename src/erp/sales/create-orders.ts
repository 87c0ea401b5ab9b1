import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, linkDocuments, takeNumbersOn } from '#erp/company';
import type { DocumentLink, ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { leftOf, orderClaimProblem } from './claim-quotations.ts';
import { decideOrder } from './decide-order.ts';
import type { DecidedOrder } from './decide-order.ts';
import type { SalesProblemCode } from './errors.ts';
import { readOrderFacts } from './order-facts.ts';
import type { Quotation } from './quotation.ts';
import { lockQuotations } from './read-quotations.ts';
import type { SalesOrderDraft } from './sales-order.ts';
import { insertOrderLines } from './write-order-lines.ts';

type Created = { readonly id: string; readonly number: string };
type Numbered = Created & { readonly order: DecidedOrder };

/** Writes orders down as drafts; `steerOrders` confirms them. */
export async function createOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly SalesOrderDraft[],
): Promise<readonly Result<Created, SalesProblemCode>[]> {
  const facts = await readOrderFacts(tx, context, drafts);
  const quotations = await lockQuotations(
    tx,
    drafts.flatMap(({ lines }) => lines.flatMap(({ quotation }) => quotation?.id ?? [])),
  );
  const left = leftOf(quotations);
  const decided = drafts.map((draft) => {
    const order = decideOrder(facts, draft);
    return order.ok ? (orderClaimProblem(quotations, left, order.value) ?? order) : order;
  });
  const orders = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const numbered = await numberAll(tx, context, orders);
  await insertOrders(tx, context, numbered);
  await linkDocuments(
    tx,
    numbered.flatMap((each) => linksOf(each, quotations)),
  );
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
    order.lines.map((line, at) => ({ order: id, number: (at + 1) * 10, line })),
  );
  await insertOrderLines(tx, lines);
}

function linksOf(
  { id, number, order }: Numbered,
  quotations: ReadonlyMap<string, Quotation>,
): readonly DocumentLink[] {
  const from = new Set(order.lines.flatMap(({ quotation }) => quotation?.id ?? []));
  return [...from].map((quotation) => ({
    from: { kind: 'quotation', id: quotation, number: quotations.get(quotation)?.number ?? '' },
    to: { kind: 'sales-order', id, number },
  }));
}
