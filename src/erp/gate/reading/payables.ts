import { itemsOfDocuments, openOf } from '#erp/open-items';
import { findInvoices } from '#erp/payables';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';

const ZERO = decimal('0');

/** Invoices and credit notes of suppliers, with what is open of them and why it is not paid. */
export const readInvoices: Reader = async (handle, keys, { code }) => {
  const invoices = await findInvoices(handle, keys);
  const items = await itemsOfDocuments(handle, [...invoices.keys()]);
  return [...invoices.values()].map((invoice) => {
    const own = (items.get(invoice.id) ?? []).filter(({ side }) => side === 'payable');
    const openAmount = sumDecimals(own.map(openOf));
    const isPaid = own.length > 0 && compareDecimals(openAmount, ZERO) === 0;
    const [discount] = own.flatMap(({ discounts }) => discounts);
    const content = {
      ...invoice,
      status: invoice.cancelledOn === null ? (isPaid ? 'paid' : 'posted') : 'cancelled',
      openAmount: invoice.cancelledOn === null ? openAmount : ZERO,
      discount,
      paymentBlocks: [...new Set(own.flatMap(({ blocks }) => blocks))],
    };
    const document = documentOf({ id: invoice.id }, content);
    return { of: invoice.id, documents: invoice.legalEntity === code ? [document] : [] };
  });
};
