import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, linkDocuments, momentsOf, takeNumbersOn } from '#erp/company';
import type { DocumentLink, ErpContext, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { claimProblem, claimsOf, leftOf } from './claim-requisitions.ts';
import { decideOrder } from './decide-order.ts';
import type { DecidedOrder } from './decide-order.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { readOrderFacts } from './order-facts.ts';
import type { OrderDraft } from './purchase-order.ts';
import { lockRequisitions } from './read-requisitions.ts';
import type { Requisition } from './requisition.ts';
import { insertOrderLines } from './write-order-lines.ts';

type Created = { readonly id: string; readonly number: string };
type Numbered = Created & { readonly order: DecidedOrder };

/** Writes orders down as drafts; `issueOrders` sends them on their way. */
export async function createOrders(
  tx: Handle,
  context: ErpContext,
  drafts: readonly OrderDraft[],
): Promise<readonly Result<Created, PurchasingProblemCode>[]> {
  const facts = await readOrderFacts(tx, context, drafts);
  const requisitions = await lockRequisitions(
    tx,
    drafts.flatMap(({ lines }) => lines.flatMap(({ requisition }) => requisition?.id ?? [])),
  );
  const left = leftOf(requisitions);
  const decided = drafts.map((draft) => {
    const order = decideOrder(facts, draft);
    if (!order.ok) return order;
    const claims = order.value.lines.flatMap((line, at) => claimsOf(line, `lines.${at}`));
    return claimProblem(requisitions, left, claims, context.legalEntity) ?? order;
  });
  const orders = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const numbered = await number(tx, context, orders);
  await insertOrders(tx, context, numbered);
  await linkDocuments(
    tx,
    numbered.flatMap((each) => linksOf(each, requisitions)),
  );
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

async function insertOrders(
  tx: Handle,
  context: ErpContext,
  orders: readonly Numbered[],
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
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
    created_at: momentOf(order.issuedOn),
  }));
  await insertRows(tx, 'erp_purchasing.purchase_order', ORDER, headers);
  const lines = orders.flatMap(({ id, order }) =>
    order.lines.map((line, at) => ({ order: id, number: (at + 1) * 10, line })),
  );
  await insertOrderLines(tx, lines);
}

function linksOf(
  { id, number: given, order }: Numbered,
  requisitions: ReadonlyMap<string, Requisition>,
): readonly DocumentLink[] {
  const from = new Set(order.lines.flatMap(({ requisition }) => requisition?.id ?? []));
  return [...from].map((requisition) => ({
    from: {
      kind: 'requisition',
      id: requisition,
      number: requisitions.get(requisition)?.number ?? '',
    },
    to: { kind: 'purchase-order', id, number: given },
  }));
}
