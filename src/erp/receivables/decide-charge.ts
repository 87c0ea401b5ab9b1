import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import type { Item } from '#erp/items';
import { chargeableOf, netOf } from '#erp/sales';
import type { Delivery, SalesOrder, SalesOrderLine } from '#erp/sales';
import { addDecimals, compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DeliveryChargeDraft, OrderChargeDraft } from './customer-invoice.ts';
import { revenueOf } from './decide-free-line.ts';
import { keyOf } from './decided-document.ts';
import type { DecidedLine, Taken } from './decided-document.ts';
import type { ReceivablesProblemCode } from './errors.ts';

/** What is known when order lines and deliveries are charged. */
export type ChargeFacts = {
  readonly legalEntity: string;
  readonly items: ReadonlyMap<string, Item>;
  readonly orders: ReadonlyMap<string, SalesOrder>;
  readonly deliveries: ReadonlyMap<string, Delivery>;
  /** What invoices that stand have charged of deliveries' lines, by `keyOf`. */
  readonly chargedOf: ReadonlyMap<string, Decimal>;
};

/** A line of an order that is charged, with the order for what the document takes from it. */
export type Charge = { readonly line: DecidedLine; readonly from: SalesOrder };

type Code = ReceivablesProblemCode;
type Place = {
  readonly order: SalesOrder;
  readonly line: SalesOrderLine;
  readonly delivery: DecidedLine['delivery'];
  readonly left: Decimal; // That may still be charged.
};

const ZERO = decimal('0');

/**
 * Whether so much of an order line may be charged; its net is exact. Without a quantity all that is
 * left is charged: undefined where that is nothing.
 */
export function decideCharge(
  facts: ChargeFacts,
  draft: OrderChargeDraft | DeliveryChargeDraft,
  at: { readonly taken: Taken; readonly field: string },
): Result<Charge | undefined, Code> {
  const { field, taken } = at;
  const place =
    'order' in draft
      ? orderPlace(facts, draft.order, at)
      : deliveryPlace(facts, draft.delivery, at);
  if (!place.ok) return place;
  const { order, line, delivery, left } = place.value;
  const quantity = draft.quantity ?? left;
  if (draft.quantity === undefined && compareDecimals(left, ZERO) <= 0) return accept(undefined);
  if (compareDecimals(quantity, ZERO) <= 0) {
    return refuse('receivables.bad-line', 'the quantity charged is above zero', field);
  }
  if (compareDecimals(quantity, left) > 0) {
    const message = `${left} ${line.unit} of line ${line.number} of ${order.number} may be charged`;
    return refuse('receivables.nothing-to-charge', message, field);
  }
  take(taken, keyOf(order.id, line.number), quantity);
  if (delivery !== undefined) take(taken, keyOf(delivery.document.id, delivery.line), quantity);
  const { unitPrice, priceBase, discountPercent } = line;
  const charged: DecidedLine = {
    order: { document: order, line: line.number },
    delivery,
    corrects: undefined,
    item: line.item ?? undefined,
    text: line.text,
    quantity,
    unit: line.unit,
    unitPrice,
    priceBase,
    discountPercent,
    net: netOf({ quantity, unitPrice, priceBase, discountPercent }),
    tax: ZERO,
    taxCode: line.taxCode ?? undefined,
    account: undefined,
    posting: revenueOf(facts.items.get(line.item ?? '')),
    costCentre: line.costCentre ?? undefined,
    project: line.project ?? undefined,
  };
  return accept({ line: charged, from: order });
}

function take(taken: Taken, key: string, quantity: Decimal): void {
  taken.set(key, addDecimals(taken.get(key) ?? ZERO, quantity));
}

type At = { readonly taken: Taken; readonly field: string };

function orderPlace(
  facts: ChargeFacts,
  ref: OrderChargeDraft['order'],
  { taken, field }: At,
): Result<Place, Code> {
  const order = facts.orders.get(ref.id);
  const line = order?.lines.find(({ number }) => number === ref.line);
  if (order === undefined || line === undefined || order.legalEntity !== facts.legalEntity) {
    const message = `there is no line ${ref.line} of order ${ref.id}`;
    return refuse('receivables.no-such-order-line', message, field);
  }
  if (order.decision !== 'confirmed') {
    return refuse('receivables.nothing-to-charge', `${order.number} is not confirmed`, field);
  }
  const invoiced = addDecimals(line.invoiced, taken.get(keyOf(order.id, line.number)) ?? ZERO);
  const left = subtractDecimals(chargeableOf(line), invoiced);
  return accept({ order, line, delivery: undefined, left });
}

function deliveryPlace(
  facts: ChargeFacts,
  ref: DeliveryChargeDraft['delivery'],
  at: At,
): Result<Place, Code> {
  const delivery = facts.deliveries.get(ref.id);
  const sent = delivery?.lines.find(({ number }) => number === ref.line);
  const stands =
    delivery?.kind === 'delivery' &&
    delivery.reversedBy === null &&
    delivery.legalEntity === facts.legalEntity;
  if (delivery === undefined || sent === undefined || !stands) {
    const message = `there is no line ${ref.line} of delivery ${ref.id} that stands`;
    return refuse('receivables.no-such-delivery', message, at.field);
  }
  const place = orderPlace(facts, { id: sent.order, line: sent.orderLine }, at);
  if (!place.ok) return place;
  const key = keyOf(delivery.id, sent.number);
  const charged = addDecimals(facts.chargedOf.get(key) ?? ZERO, at.taken.get(key) ?? ZERO);
  const own = subtractDecimals(sent.quantity, charged);
  const left = compareDecimals(own, place.value.left) < 0 ? own : place.value.left;
  const origin = { document: delivery, line: sent.number };
  return accept({ ...place.value, delivery: origin, left });
}
