import { sql } from '#database';
import type { Handle } from '#database';
import type { CustomerPayment } from './customer-payment.ts';
import { findDocuments, listDocuments, lockDocuments } from './read-documents.ts';
import type { Shelf, ShelfFilter } from './read-documents.ts';

type Key = 'paidOn' | 'number' | 'customer' | 'amount';

const PAYMENTS: Shelf<Key> = {
  table: 'erp_receivables.customer_payment',
  day: 'paidOn',
  keys: { paidOn: 'paid_on', number: 'number', customer: 'customer', amount: 'amount' },
  columns: sql`d.id, d.legal_entity as "legalEntity", d.number, d.customer,
    d.paid_on as "paidOn", d.bank_account as "bankAccount", d.method, d.is_refund as "isRefund",
    d.currency, d.amount::text as amount, d.company_amount::text as "companyAmount", d.reference,
    d.entry_id as entry, t.taken_back_on as "takenBackOn", d.created_by as "createdBy",
    d.created_at as "createdAt"`,
};

/** Payments, unless sorted otherwise the newest first. */
export const listPayments = (
  handle: Handle,
  filter: ShelfFilter<Key>,
): Promise<readonly CustomerPayment[]> => listDocuments(handle, PAYMENTS, filter);

/** Payments by id. */
export const findPayments = (
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerPayment>> => findDocuments(handle, PAYMENTS, ids);

/** Payments by id, locked. */
export const lockPayments = (
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerPayment>> => lockDocuments(tx, PAYMENTS, ids);
