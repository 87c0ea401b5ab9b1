import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, linkDocuments, takeNumbersOn } from '#erp/company';
import type { DocumentLink, ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { decideOrder } from './decide-order.ts';
import type { DecidedOrder } from './decide-order.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { readOrderFacts } from './order-facts.ts';
import type { OrderDraft } from './purchase-order.ts';

type Created = { readonly id: string; readonly number: string };
type Numbered = Created & { readonly order: DecidedOrder };

/** Writes orders down as drafts; `issueOrders` sends them on their way. */
export async function createOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly OrderDraft[],
): Promise<readonly Result<Created, PurchasingProblemCode>[]> {
  const facts = await readOrderFacts(tx, context, drafts);
  const decided = drafts.map((draft) => decideOrder(facts, draft));
  const orders = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const numbered = await number(tx, context, orders);
  await insertOrders(tx, context, numbered);
  await linkDocuments(tx, numbered.flatMap(linksOf));
  const created = numbered.values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number: given = '' } = created.next().value ?? {};
    return accept({ id, number: given });
  });
}

async function number(
  tx: Handle,
  { clock, legalEntity }: ErpContext,
  orders: readonly DecidedOrder[],
): Promise<readonly Numbered[]> {
  const nowMs = millisecondsOf(clock());
  const days = orders.map(({ issuedOn }) => issuedOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'PO', days);
  return orders.map((order, at) => ({
    id: newId('po', nowMs),
    number: numbers[at] ?? '',
    order,
  }));
}

const ORDER = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  kind: 'text',
  supplier: 'text',
  decision: 'text',
  issued_on: 'date',
  currency: 'text',
  rate: 'numeric',
  payment_terms: 'text',
  incoterm: 'text',
  requester: 'text',
  agreement: 'text',
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
  base_numerator: 'numeric',
  base_denominator: 'numeric',
  unit_price: 'numeric',
  price_base: 'numeric',
  net: 'numeric',
  tax_code: 'text',
  warehouse: 'text',
  account: 'text',
  cost_centre: 'text',
  project: 'text',
  work_order: 'text',
  requested_on: 'date',
  promised_on: 'date',
  first_promised_on: 'date',
  over_percent_max: 'numeric',
  under_percent_max: 'numeric',
  is_received_against: 'boolean',
  requisition_id: 'text',
  requisition_line: 'integer',
} as const;

async function insertOrders(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  orders: readonly Numbered[],
): Promise<void> {
  const now = clock();
  const headers = orders.map(({ id, number: given, order }) => ({
    id,
    legal_entity: legalEntity,
    number: given,
    kind: order.kind,
    supplier: order.supplier,
    decision: 'draft',
    issued_on: order.issuedOn,
    currency: order.currency,
    rate: order.rate,
    payment_terms: order.paymentTerms,
    incoterm: order.incoterm,
    requester: order.requester,
    agreement: order.agreement,
    text: order.text ?? '',
    net: order.net,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_purchasing.purchase_order', ORDER, headers);
  const lines = orders.flatMap(({ id, order }) =>
    order.lines.map((line, at) => ({
      order_id: id,
      number: (at + 1) * 10,
      item: line.item,
      text: line.text,
      unit: line.unit,
      ordered: line.quantity,
      base_numerator: line.baseNumerator,
      base_denominator: line.baseDenominator,
      unit_price: line.unitPrice,
      price_base: line.priceBase,
      net: line.net,
      tax_code: line.taxCode,
      warehouse: line.warehouse,
      account: line.account,
      cost_centre: line.costCentre,
      project: line.project,
      work_order: line.workOrder,
      requested_on: line.requestedOn,
      promised_on: line.promisedOn,
      first_promised_on: line.promisedOn,
      over_percent_max: line.overPercentMax ?? '0',
      under_percent_max: line.underPercentMax ?? '0',
      is_received_against: line.isReceivedAgainst,
      requisition_id: line.requisition?.id,
      requisition_line: line.requisition?.line,
    })),
  );
  await insertRows(tx, 'erp_purchasing.purchase_order_line', LINE, lines);
}

function linksOf({ id, number: given, order }: Numbered): readonly DocumentLink[] {
  const requisitions = new Set(order.lines.flatMap(({ requisition }) => requisition?.id ?? []));
  return [...requisitions].map((requisition) => ({
    from: { kind: 'requisition', id: requisition, number: requisition },
    to: { kind: 'purchase-order', id, number: given },
  }));
}
