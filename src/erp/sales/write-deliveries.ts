import { insertRows } from '#database';
import type { Handle } from '#database';
import { linkNewDocuments, momentsOf } from '#erp/company';
import type { DocumentLink, ErpContext } from '#erp/company';
import type { Moved } from '#erp/inventory';
import { addDecimals, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DecidedDeliveryLine, DeliveryDraft } from './decide-delivery.ts';

/** A line with what became of its stock. */
export type BookedLine = DecidedDeliveryLine & { readonly stock: readonly Moved[] };

/** A delivery that is to be written. */
export type BookedDelivery = {
  readonly place: number; // Of its draft.
  readonly id: string;
  readonly number: string;
  readonly kind: 'delivery' | 'return' | 'reversal';
  readonly customer: string;
  readonly draft: DeliveryDraft;
  readonly reverses?: string;
  readonly lines: readonly BookedLine[];
};

const DELIVERY = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  kind: 'text',
  customer: 'text',
  shipped_on: 'date',
  posted_on: 'date',
  carrier: 'text',
  tracking: 'text',
  entry_id: 'text',
  reverses: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

const LINE = {
  delivery_id: 'text',
  number: 'integer',
  order_id: 'text',
  order_line: 'integer',
  item: 'text',
  quantity: 'numeric',
  reason: 'text',
  batch: 'text',
  warehouse: 'text',
  location: 'text',
  movements: 'jsonb',
  cost: 'numeric',
  is_final: 'boolean',
} as const;

/** Writes deliveries with their lines; the orders' progress follows by their trigger. */
export async function writeDeliveries(
  tx: Handle,
  context: ErpContext,
  deliveries: readonly BookedDelivery[],
  entryOf: ReadonlyMap<string, string>,
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const headers = deliveries.map(({ id, number, kind, customer, draft, reverses }) => ({
    id,
    legal_entity: legalEntity,
    number,
    kind,
    customer,
    shipped_on: draft.shippedOn,
    posted_on: draft.postedOn,
    carrier: draft.carrier,
    tracking: draft.tracking,
    entry_id: entryOf.get(id),
    reverses,
    created_by: by,
    created_at: momentOf(draft.postedOn),
  }));
  await insertRows(tx, 'erp_sales.delivery', DELIVERY, headers);
  const lines = deliveries.flatMap(({ id, lines: own }) =>
    own.map((line, at) => ({
      delivery_id: id,
      number: at + 1,
      order_id: line.order.id,
      order_line: line.line.number,
      item: line.line.item,
      quantity: line.quantity,
      reason: line.draft.reason,
      batch: line.draft.batch,
      warehouse: line.line.warehouse,
      location: line.draft.location,
      movements: JSON.stringify(line.stock.map(({ id: movement }) => movement)),
      cost: costOf(line),
      is_final: line.draft.isFinal ?? false,
    })),
  );
  await insertRows(tx, 'erp_sales.delivery_line', LINE, lines);
  await linkNewDocuments(tx, deliveries.flatMap(linksOf));
}

/** What a line cost: what left stock, above zero; what came back, below. Company currency. */
export function costOf({ stock }: Pick<BookedLine, 'stock'>): Decimal {
  const left = stock.map(({ value, variance }) => addDecimals(value, variance));
  return negateDecimal(sumDecimals(left));
}

function linksOf({ id, number, lines }: BookedDelivery): readonly DocumentLink[] {
  const orders = new Map(lines.map(({ order }) => [order.id, order.number]));
  return [...orders].map(([order, given]) => ({
    from: { kind: 'sales-order', id: order, number: given },
    to: { kind: 'delivery', id, number },
  }));
}
