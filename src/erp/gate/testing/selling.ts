/** What the company behind the gate sells, charges and books by hand. */
import type { Handle } from '#database';
import { adjustStock } from '#erp/inventory';
import { createItems } from '#erp/items';
import { postEntries } from '#erp/ledger';
import { context, march, valueOf } from '#erp/ledger/testing';
import { createCustomers, findParties, updateCustomers } from '#erp/parties';
import { postInvoices } from '#erp/receivables';
import { createOrders, postDeliveries, steerOrders } from '#erp/sales';
import { decimal } from '#kernel/decimal';

/** A customer, and an order confirmed of three lamps, one of which has left. */
export type Sold = { readonly customer: string; readonly sale: string };

/** Sells: ordered, partly left, and something else charged. */
export async function sell(
  tx: Handle,
  { warehouse }: { readonly warehouse: string },
): Promise<Sold> {
  const made = await createCustomers(tx, context, [
    { name: 'Stadtwerke', paymentTerms: 'NET30', creditLimit: decimal('5000') },
  ]);
  const customer = valueOf(made[0]).id;
  const items = await createItems(tx, context, [{ name: 'Lamp', kind: 'stock', baseUnit: 'C62' }]);
  const item = valueOf(items[0]).id;
  const there = { item, warehouse, quantity: decimal('50'), unitCost: decimal('2.00') };
  const opening = { postedOn: march(5), text: 'opening stock', lines: [there] };
  valueOf((await adjustStock(tx, context, [opening]))[0]);
  const line = { item, quantity: decimal('3'), unitPrice: decimal('5.00'), warehouse };
  const draft = { customer, issuedOn: march(6), lines: [line] };
  const sale = valueOf((await createOrders(tx, context, [draft]))[0]).id;
  valueOf((await steerOrders(tx, context, [{ id: sale, step: 'confirm' }]))[0]);
  await deliver(tx, sale, '1');
  await bill(tx, customer);
  return { customer, sale };
}

/** So many more of a sale leave. */
async function deliver(tx: Handle, order: string, quantity: string): Promise<string> {
  const line = { order, line: 10, quantity: decimal(quantity) };
  const draft = { shippedOn: march(7), postedOn: march(7), lines: [line] };
  return valueOf((await postDeliveries(tx, context, [draft]))[0]).id;
}

/** A customer is charged for what was not ordered. */
async function bill(tx: Handle, customer: string): Promise<string> {
  const lines = [{ text: 'advice', unit: 'C62', unitPrice: decimal('75.00') }];
  const draft = { customer, issuedOn: march(7), postedOn: march(7), lines };
  return valueOf((await postInvoices(tx, context, [draft]))[0]).id;
}

/** Rent is booked by hand. */
async function bookRent(tx: Handle): Promise<string> {
  const lines = [
    { account: '6200', amount: decimal('100.00') },
    { account: '1400', amount: decimal('-100.00') },
  ];
  const about = { legalEntity: 'DE01', kind: 'manual', currency: 'EUR', text: 'rent' } as const;
  const draft = { ...about, postedOn: march(7), documentOn: march(7), lines };
  return valueOf((await postEntries(tx, context, [draft]))[0]).id;
}

/** One document of sales, or of the ledger, changes; its key. Undefined: it is of neither. */
export async function touchSales(
  tx: Handle,
  { customer, sale }: Sold,
  { entity, name }: { readonly entity: string; readonly name: string },
): Promise<string | undefined> {
  switch (entity) {
    case 'customers': {
      const version = (await findParties(tx, [customer])).get(customer)?.version ?? 0;
      const change = { id: customer, version, set: { name } };
      valueOf((await updateCustomers(tx, context, [change]))[0]);
      return customer;
    }
    case 'sales-orders':
      await deliver(tx, sale, '0.01');
      return sale;
    case 'deliveries':
      return await deliver(tx, sale, '0.01');
    case 'customer-invoices':
      return await bill(tx, customer);
    case 'journal-entries':
      return await bookRent(tx);
    default:
      return undefined;
  }
}
