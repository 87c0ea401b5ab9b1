import { insertRows, send, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';

/** What an invoice line charges of an order line; a credit note is below zero. */
export type InvoicedLine = {
  readonly invoice: string;
  readonly invoiceLine: number;
  readonly order: string;
  readonly orderLine: number;
  readonly quantity: Decimal; // In the order line's unit.
  readonly value: Decimal; // Company currency: taken from goods received and not invoiced.
  readonly net: Decimal; // The same in the order's currency.
};

/**
 * Notes on orders what invoices have charged, in the transaction that posts them. The caller has
 * locked the orders by `lockOrders`.
 */
export async function noteInvoiced(tx: Handle, lines: readonly InvoicedLine[]): Promise<void> {
  const columns = {
    invoice_id: 'text',
    invoice_line: 'integer',
    order_id: 'text',
    order_line: 'integer',
    quantity: 'numeric',
    value: 'numeric',
    net: 'numeric',
  } as const;
  const values = lines.map((line) => ({
    invoice_id: line.invoice,
    invoice_line: line.invoiceLine,
    order_id: line.order,
    order_line: line.orderLine,
    quantity: line.quantity,
    value: line.value,
    net: line.net,
  }));
  await insertRows(tx, 'erp_purchasing.invoiced_line', columns, values);
}

/**
 * Takes back what invoices noted, because they are cancelled. The caller has locked the orders by
 * `lockOrders`.
 */
export async function noteCancelled(tx: Handle, invoices: readonly string[]): Promise<void> {
  if (invoices.length === 0) return;
  await send(
    tx,
    sql`insert into erp_purchasing.invoiced_line
        (invoice_id, invoice_line, order_id, order_line, quantity, value, net)
      select 'cancelled ' || invoice_id, invoice_line, order_id, order_line, -quantity, -value, -net
      from erp_purchasing.invoiced_line where invoice_id = any(${[...invoices]})`,
  );
}
