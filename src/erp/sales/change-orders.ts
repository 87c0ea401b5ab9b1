import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, paymentTerms } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { changeEvent, decideEach, noteEvents } from '#erp/company/documents';
import type { Decided } from '#erp/company/documents';
import { itemFacts } from '#erp/items';
import { readLineTargets } from '#erp/inventory/targets';
import { customerFacts } from '#erp/parties';
import { addDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import { claimProblem, leftOf } from './claim-quotations.ts';
import { decideChange } from './decide-change.ts';
import type { ChangedOrder, SalesOrderChange } from './decide-change.ts';
import type { SalesProblemCode } from './errors.ts';
import { aheadOf, exposuresOf } from './exposure.ts';
import { findOrders, lockOrders } from './read-orders.ts';
import { lockQuotations } from './read-quotations.ts';
import { reserveLines } from './reserve-lines.ts';
import { statusOf } from './sales-order.ts';
import type { SalesOrder } from './sales-order.ts';
import { ORDER_EVENTS } from './steer-orders.ts';
import type { Steered } from './steer-orders.ts';
import { insertOrderLines } from './write-order-lines.ts';

type Change = Decided<SalesOrder, SalesOrderChange, ChangedOrder>;

const ZERO = decimal('0');

/**
 * Changes orders: what is said of them as a whole, quantities, prices and dates of lines, lines added, cancelled or not delivered any
 * further. Credit is checked and stock reserved again; what was before and after is kept for good.
 */
export async function changeOrders(
  tx: Handle,
  context: ErpContext,
  changes: readonly SalesOrderChange[],
): Promise<readonly Result<Steered, SalesProblemCode>[]> {
  const orders = await lockOrders(
    tx,
    changes.map(({ id }) => id),
  );
  const asked = [...orders.values()];
  const left = leftOf(
    await lockQuotations(
      tx,
      asked.flatMap(({ lines }) => lines.flatMap(({ quotationId }) => quotationId ?? [])),
    ),
  );
  const customers = await customerFacts(
    tx,
    asked.map(({ customer }) => customer),
  );
  const exposures = await exposuresOf(tx, context.legalEntity, customers);
  const items = await itemFacts(
    tx,
    changes.flatMap(({ added = [] }) => added.flatMap(({ item }) => item ?? [])),
  );
  const targetProblem = await readLineTargets(
    tx,
    { legalEntity: context.legalEntity, direction: 'output' },
    changes.flatMap(({ added = [] }) => added),
  );
  const terms = await termsFor(tx, changes);
  const decided = decideEach(context, orders, changes, {
    missing: 'sales.no-such-order',
    moved: 'sales.moved-on',
    decide: (order, change): Result<ChangedOrder, SalesProblemCode> => {
      const exposure = exposures.get(order.customer) ?? ZERO;
      const creditLimit = customers.get(order.customer)?.creditLimit;
      const to = decideChange(
        { by: context.by, items, targetProblem, terms, creditLimit, exposure },
        order,
        change,
      );
      const refused = to.ok ? claimProblem(left, to.value.claims) : to;
      if (refused !== undefined) return refused;
      if (to.ok && order.decision === 'confirmed') {
        const rest = subtractDecimals(exposure, aheadOf(order, order.lines));
        const stays = to.value.decision === 'confirmed' ? to.value.ahead : ZERO;
        exposures.set(order.customer, addDecimals(rest, stays));
      }
      return to;
    },
  });
  const taken = decided.flatMap((each) => (each.ok ? [each.value] : []));
  await writeLines(tx, taken);
  await writeHeaders(tx, taken);
  await noteEvents(tx, context, ORDER_EVENTS, taken.map(changeEvent));
  const now = await findOrders(
    tx,
    taken.map(({ document }) => document.id),
  );
  await reserveAgain(tx, context, taken, now);
  return decided.map((each) => {
    if (!each.ok) return each;
    const order = now.get(each.value.document.id) ?? each.value.document;
    return accept({ id: order.id, version: order.version, status: statusOf(order) });
  });
}

/** The terms there are, when a change names some. */
async function termsFor(
  tx: Handle,
  changes: readonly SalesOrderChange[],
): Promise<ReadonlySet<string>> {
  const isAsked = changes.some(({ set }) => set?.paymentTerms !== undefined);
  return new Set(isAsked ? (await paymentTerms(tx)).keys() : []);
}

/** Reserves for the lines that are other than they were, of orders that are confirmed. */
async function reserveAgain(
  tx: Handle,
  context: ErpContext,
  taken: readonly Change[],
  now: ReadonlyMap<string, SalesOrder>,
): Promise<void> {
  await reserveLines(
    tx,
    context,
    taken.flatMap(({ document: { id }, to }) => {
      const numbers = new Set([...to.lines, ...to.added].map(({ number }) => number));
      const order = now.get(id);
      if (order?.decision !== 'confirmed' || order.isClosed) return [];
      const lines = order.lines.filter(({ number }) => numbers.has(number));
      return lines.map((line) => ({ order: id, line }));
    }),
  );
}

async function writeLines(tx: Handle, taken: readonly Change[]): Promise<void> {
  const columns = {
    order_id: 'text',
    number: 'integer',
    ordered: 'numeric',
    unit_price: 'numeric',
    price_base: 'numeric',
    discount_percent: 'numeric',
    net: 'numeric',
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
      discount_percent: line.discountPercent,
      net: line.net,
      promised_on: line.promisedOn,
      is_final: line.isFinal,
      is_cancelled: line.isCancelled,
    })),
  );
  await rows(
    tx,
    sql`update erp_sales.sales_order_line l set ordered = c.ordered, unit_price = c.unit_price,
        price_base = c.price_base, discount_percent = c.discount_percent, net = c.net,
        promised_on = c.promised_on, is_final = c.is_final, is_cancelled = c.is_cancelled
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
    raised_by: 'text',
    requested_on: 'date',
    payment_terms: 'text',
    salesperson: 'text',
    channel: 'text',
    customer_reference: 'text',
    text: 'text',
  } as const;
  const values = taken.map(({ document, to }) => ({
    id: document.id,
    net: to.net,
    decision: to.decision,
    raised_by: to.raisedBy,
    requested_on: to.header.requestedOn,
    payment_terms: to.header.paymentTerms,
    salesperson: to.header.salesperson,
    channel: to.header.channel,
    customer_reference: to.header.customerReference,
    text: to.header.text,
  }));
  await rows(
    tx,
    sql`update erp_sales.sales_order o set net = c.net, decision = c.decision,
        raised_by = c.raised_by, requested_on = c.requested_on, payment_terms = c.payment_terms,
        salesperson = c.salesperson, channel = c.channel,
        customer_reference = c.customer_reference, text = c.text, version = o.version + 1
      from ${unnested('c', columns, values)} where o.id = c.id`,
  );
}
