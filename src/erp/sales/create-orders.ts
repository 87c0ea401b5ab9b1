import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, linkDocuments, momentsOf, takeNumbersOn } from '#erp/company';
import type { DocumentLink, ErpContext, Result } from '#erp/company';
import { noteEvents } from '#erp/company/documents';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { leftOf, orderClaimProblem } from './claim-quotations.ts';
import { confirmAtOnce } from './confirm-at-once.ts';
import type { AtOnce, Identified } from './confirm-at-once.ts';
import { decideOrder } from './decide-order.ts';
import type { SalesProblemCode } from './errors.ts';
import { exposuresOf } from './exposure.ts';
import { readOrderFacts } from './order-facts.ts';
import type { Quotation } from './quotation.ts';
import { lockQuotations } from './read-quotations.ts';
import type { SalesOrderDraft } from './sales-order.ts';
import { actionOf, ORDER_EVENTS } from './steer-orders.ts';
import { insertOrderLines } from './write-order-lines.ts';

type Created = { readonly id: string; readonly number: string };
type Numbered = Created & Identified;

/**
 * Writes orders down as drafts; `steerOrders` confirms them. With `confirm` they are confirmed as they
 * are written: for many at once that is much less work. With `reserve` off no stock is reserved for
 * them: for orders of which deliveries follow in the same transaction, and `reserveOrders` for the rest.
 */
export async function createOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly SalesOrderDraft[],
  {
    confirm = false,
    reserve = true,
  }: { readonly confirm?: boolean; readonly reserve?: boolean } = {},
): Promise<readonly Result<Created, SalesProblemCode>[]> {
  const facts = await readOrderFacts(tx, context, drafts);
  const exposures = confirm
    ? await exposuresOf(tx, context.legalEntity, facts.customers)
    : undefined;
  const quotations = await lockQuotations(
    tx,
    drafts.flatMap(({ lines }) => lines.flatMap(({ quotation }) => quotation?.id ?? [])),
  );
  const left = leftOf(quotations);
  const decided = drafts.map((draft) => {
    const order = decideOrder(facts, draft);
    return order.ok ? (orderClaimProblem(quotations, left, order.value) ?? order) : order;
  });
  const nowMs = millisecondsOf(context.clock());
  const orders = decided.flatMap((each) =>
    each.ok ? [{ id: newId('so', nowMs), order: each.value }] : [],
  );
  const credit = exposures && { exposures, customers: facts.customers, reserve };
  const atOnce = credit && (await confirmAtOnce(tx, context, orders, credit));
  const numbered = await numberAll(tx, context, orders);
  await insertOrders(tx, context, numbered, atOnce);
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
  { legalEntity }: ErpContext,
  orders: readonly Identified[],
): Promise<readonly Numbered[]> {
  const days = orders.map(({ order }) => order.issuedOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'SO', days);
  return orders.map((each, at) => ({ ...each, number: numbers[at] ?? '' }));
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
  context: ErpContext,
  orders: readonly Numbered[],
  atOnce: ReadonlyMap<string, AtOnce> | undefined,
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const headers = orders.map(({ id, number, order }) => ({
    id,
    legal_entity: legalEntity,
    number,
    customer: order.customer,
    decision: atOnce?.get(id)?.decision ?? 'draft',
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
    created_at: momentOf(order.issuedOn),
  }));
  await insertRows(tx, 'erp_sales.sales_order', ORDER, headers);
  const lines = orders.flatMap(({ id, order }) =>
    order.lines.map((line, at) => ({
      order: id,
      number: (at + 1) * 10,
      line,
      reservation: atOnce?.get(id)?.reservations[at],
    })),
  );
  await insertOrderLines(tx, lines);
  if (atOnce === undefined) return;
  const days = new Map(orders.map(({ id, order }) => [id, order.issuedOn]));
  const events = [...atOnce].map(([id, { decision }]) => ({
    id,
    action: actionOf('confirm', decision),
    detail: {},
    on: days.get(id),
  }));
  await noteEvents(tx, context, ORDER_EVENTS, events);
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
