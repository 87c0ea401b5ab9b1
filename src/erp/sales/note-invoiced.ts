import { insertRows } from '#database';
import type { Handle } from '#database';
import { compareDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { SalesOrderLine } from './sales-order.ts';

/** What an invoice line charges of an order line; a credit note or cancellation is below zero. */
export type InvoicedLine = {
  readonly invoice: string;
  readonly invoiceLine: number;
  readonly order: string;
  readonly orderLine: number;
  readonly quantity: Decimal; // In the order line's unit.
};

const COLUMNS = {
  invoice_id: 'text',
  invoice_line: 'integer',
  order_id: 'text',
  order_line: 'integer',
  quantity: 'numeric',
} as const;

/**
 * Notes on orders what invoices have charged, in the transaction that posts them. The caller has
 * locked the orders by `lockOrders`; PostgreSQL refuses what goes beyond `chargeableOf`.
 */
export const noteInvoiced = (tx: Handle, lines: readonly InvoicedLine[]): Promise<void> =>
  insertRows(
    tx,
    'erp_sales.invoiced_line',
    COLUMNS,
    lines.map(({ invoice, invoiceLine, order, orderLine, quantity }) => ({
      invoice_id: invoice,
      invoice_line: invoiceLine,
      order_id: order,
      order_line: orderLine,
      quantity,
    })),
  );

/** How much of a line may be charged in all: what has left, or what is ordered where that may come first. */
export function chargeableOf(line: SalesOrderLine): Decimal {
  const { ordered, delivered } = line;
  const comesFirst = !line.isDeliveredAgainst || (line.isChargedAhead && !line.isFinal);
  const isAhead = comesFirst && !line.isCancelled && compareDecimals(ordered, delivered) > 0;
  return isAhead ? ordered : delivered;
}
