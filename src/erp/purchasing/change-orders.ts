import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, paymentTerms } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { changeEvent, decideEach, noteEvents } from '#erp/company/documents';
import type { Decided } from '#erp/company/documents';
import { itemFacts } from '#erp/items';
import { readLineTargets } from '#erp/inventory/targets';
import { decimal } from '#kernel/decimal';
import { callOff } from './call-off.ts';
import type { CallingOrder } from './call-off.ts';
import { claimProblem, leftOf } from './claim-requisitions.ts';
import { decideChange } from './decide-change.ts';
import type { ChangedOrder, OrderChange } from './decide-change.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { statusOf } from './purchase-order.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import { findOrders, lockOrders } from './read-orders.ts';
import { lockRequisitions } from './read-requisitions.ts';
import { ORDER_EVENTS, readApprovalLimit } from './steer-orders.ts';
import type { Steered } from './steer-orders.ts';
import { insertOrderLines } from './write-order-lines.ts';

type Change = Decided<PurchaseOrder, OrderChange, ChangedOrder>;

/**
 * Changes orders: what is said of them as a whole, quantities, prices and dates of lines, lines added, cancelled or not waited for any
 * more. What was before and after is kept for good; who makes an order worth more than the limit
 * needs another's approval again.
 */
export async function changeOrders(
  tx: Handle,
  context: ErpContext,
  changes: readonly OrderChange[],
): Promise<readonly Result<Steered, PurchasingProblemCode>[]> {
  const orders = await lockOrders(
    tx,
    changes.map(({ id }) => id),
  );
  const added = changes.flatMap((change) => change.added ?? []);
  const requisitions = await lockRequisitions(tx, [
    ...[...orders.values()].flatMap(({ lines }) =>
      lines.flatMap((line) => line.requisitionId ?? []),
    ),
    ...added.flatMap(({ requisition }) => requisition?.id ?? []),
  ]);
  const left = leftOf(requisitions);
  const facts = {
    by: context.by,
    terms: await termsFor(tx, changes),
    approvalLimit: await readApprovalLimit(tx, context.legalEntity),
    items: await itemFacts(
      tx,
      added.flatMap(({ item }) => item ?? []),
    ),
    targetProblem: await readLineTargets(
      tx,
      { legalEntity: context.legalEntity, direction: 'input' },
      added,
    ),
  };
  const decided = decideEach(context, orders, changes, {
    missing: 'purchasing.no-such-order',
    moved: 'purchasing.moved-on',
    decide: (order, change): Result<ChangedOrder, PurchasingProblemCode> => {
      const to = decideChange(facts, order, change);
      if (!to.ok) return to;
      return claimProblem(requisitions, left, to.value.claims, context.legalEntity) ?? to;
    },
  });
  const wanted = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const refused = await callOff(tx, context, wanted.map(asItWillBe));
  const taken = wanted.filter(({ document }) => !refused.has(document.id));
  await writeLines(tx, taken);
  await writeHeaders(tx, taken);
  await noteEvents(tx, context, ORDER_EVENTS, taken.map(changeEvent));
  const now = await findOrders(
    tx,
    taken.map(({ document }) => document.id),
  );
  return decided.map((each) => {
    if (!each.ok) return each;
    const problem = refused.get(each.value.document.id);
    if (problem !== undefined) return problem;
    const order = now.get(each.value.document.id) ?? each.value.document;
    return accept({ id: order.id, version: order.version, status: statusOf(order) });
  });
}

/** An order with its lines as a change leaves them. */
function asItWillBe({ document, to }: Change): CallingOrder {
  const changed = new Map(to.lines.map((line) => [line.number, line]));
  const lines = document.lines.map((line) => changed.get(line.number) ?? line);
  const added = to.added.map(({ number, line }) => ({
    number,
    item: line.item ?? null,
    text: line.text,
    unit: line.unit,
    ordered: line.quantity,
    baseNumerator: line.baseNumerator,
    baseDenominator: line.baseDenominator,
    unitPrice: line.unitPrice,
    priceBase: line.priceBase,
    received: decimal('0'),
    isFinal: false,
    isCancelled: false,
  }));
  return { ...document, decision: to.decision, lines: [...lines, ...added] };
}

/** The terms there are, when a change names some. */
async function termsFor(tx: Handle, changes: readonly OrderChange[]): Promise<ReadonlySet<string>> {
  const isAsked = changes.some(({ set }) => set?.paymentTerms !== undefined);
  return new Set(isAsked ? (await paymentTerms(tx)).keys() : []);
}

async function writeLines(tx: Handle, taken: readonly Change[]): Promise<void> {
  const columns = {
    order_id: 'text',
    number: 'integer',
    ordered: 'numeric',
    unit_price: 'numeric',
    price_base: 'numeric',
    net: 'numeric',
    requested_on: 'date',
    promised_on: 'date',
    is_final: 'boolean',
    is_cancelled: 'boolean',
  } as const;
  const values = taken.flatMap(({ document, to }) =>
    to.lines.map((line) => ({
      order_id: document.id,
      number: line.number,
      ordered: line.ordered,
      unit_price: line.unitPrice,
      price_base: line.priceBase,
      net: line.net,
      requested_on: line.requestedOn,
      promised_on: line.promisedOn,
      is_final: line.isFinal,
      is_cancelled: line.isCancelled,
    })),
  );
  await rows(
    tx,
    sql`update erp_purchasing.purchase_order_line l set ordered = c.ordered,
        unit_price = c.unit_price, price_base = c.price_base, net = c.net,
        requested_on = c.requested_on, promised_on = c.promised_on, is_final = c.is_final,
        is_cancelled = c.is_cancelled
      from ${unnested('c', columns, values)}
      where l.order_id = c.order_id and l.number = c.number`,
  );
  await insertOrderLines(
    tx,
    taken.flatMap(({ document, to }) =>
      to.added.map(({ number, line }) => ({ order: document.id, number, line })),
    ),
  );
}

async function writeHeaders(tx: Handle, taken: readonly Change[]): Promise<void> {
  const columns = {
    id: 'text',
    net: 'numeric',
    decision: 'text',
    approved_by: 'text',
    raised_by: 'text',
    payment_terms: 'text',
    incoterm: 'text',
    requester: 'text',
    text: 'text',
  } as const;
  const values = taken.map(({ document, to }) => ({
    id: document.id,
    net: to.net,
    decision: to.decision,
    approved_by: to.approvedBy,
    raised_by: to.raisedBy,
    payment_terms: to.header.paymentTerms,
    incoterm: to.header.incoterm,
    requester: to.header.requester,
    text: to.header.text,
  }));
  await rows(
    tx,
    sql`update erp_purchasing.purchase_order o set net = c.net, decision = c.decision,
        approved_by = c.approved_by, raised_by = c.raised_by,
        payment_terms = c.payment_terms, incoterm = c.incoterm, requester = c.requester,
        text = c.text, version = o.version + 1
      from ${unnested('c', columns, values)} where o.id = c.id`,
  );
}
