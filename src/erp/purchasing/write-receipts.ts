import { insertRows } from '#database';
import type { Handle } from '#database';
import { linkNewDocuments, momentsOf } from '#erp/company';
import type { DocumentLink, ErpContext } from '#erp/company';
import type { Moved } from '#erp/inventory';
import { addDecimals, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DecidedReceiptLine, ReceiptDraft } from './decide-receipt.ts';

/** A line with what became of its stock. */
export type BookedLine = DecidedReceiptLine & { readonly stock: readonly Moved[] };

/** A receipt that is to be written. */
export type BookedReceipt = {
  readonly id: string;
  readonly number: string;
  readonly kind: 'receipt' | 'return' | 'reversal';
  readonly supplier: string;
  readonly draft: ReceiptDraft;
  readonly reverses?: string;
  readonly lines: readonly BookedLine[];
};

const RECEIPT = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  kind: 'text',
  supplier: 'text',
  delivery_note: 'text',
  received_on: 'date',
  posted_on: 'date',
  entry_id: 'text',
  reverses: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

const LINE = {
  receipt_id: 'text',
  number: 'integer',
  order_id: 'text',
  order_line: 'integer',
  item: 'text',
  quantity: 'numeric',
  rejected: 'numeric',
  reason: 'text',
  batch: 'text',
  expires_on: 'date',
  warehouse: 'text',
  location: 'text',
  movements: 'jsonb',
  value: 'numeric',
  net: 'numeric',
  is_final: 'boolean',
} as const;

/** Writes receipts with their lines; the orders' progress follows by their trigger. */
export async function writeReceipts(
  tx: Handle,
  context: ErpContext,
  receipts: readonly BookedReceipt[],
  entryOf: ReadonlyMap<string, string>,
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const headers = receipts.map(({ id, number, kind, supplier, draft, reverses }) => ({
    id,
    legal_entity: legalEntity,
    number,
    kind,
    supplier,
    delivery_note: draft.deliveryNote,
    received_on: draft.receivedOn,
    posted_on: draft.postedOn,
    entry_id: entryOf.get(id),
    reverses,
    created_by: by,
    created_at: momentOf(draft.postedOn),
  }));
  await insertRows(tx, 'erp_purchasing.goods_receipt', RECEIPT, headers);
  const lines = receipts.flatMap(({ id, lines: own }) =>
    own.map((line, at) => ({
      receipt_id: id,
      number: at + 1,
      order_id: line.order.id,
      order_line: line.line.number,
      item: line.line.item,
      quantity: line.quantity,
      rejected: line.rejected,
      reason: line.draft.reason,
      batch: line.draft.batch,
      expires_on: line.draft.expiresOn,
      warehouse: line.line.warehouse,
      location: line.draft.location,
      movements: JSON.stringify(line.stock.map(({ id: movement }) => movement)),
      value: worthOf(line),
      net: line.net,
      is_final: line.draft.isFinal ?? false,
    })),
  );
  await insertRows(tx, 'erp_purchasing.goods_receipt_line', LINE, lines);
  await linkNewDocuments(tx, receipts.flatMap(linksOf));
}

/** What a line added to goods received and not invoiced; company currency, signed. */
export function worthOf({ isStock, stock, value }: BookedLine): Decimal {
  if (!isStock) return value;
  return sumDecimals(stock.map((moved) => addDecimals(moved.value, moved.variance)));
}

function linksOf({ id, number, lines }: BookedReceipt): readonly DocumentLink[] {
  const orders = new Map(lines.map(({ order }) => [order.id, order.number]));
  return [...orders].map(([order, given]) => ({
    from: { kind: 'purchase-order', id: order, number: given },
    to: { kind: 'goods-receipt', id, number },
  }));
}
