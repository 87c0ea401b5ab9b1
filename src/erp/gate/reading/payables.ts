import { itemsOfDocuments } from '#erp/open-items';
import { findInvoices } from '#erp/payables';
import type { Reader } from '../gate.ts';
import { openAmountOf } from './open-amount.ts';
import { documentOf } from './plain.ts';

/** Invoices and credit notes of suppliers, with what is open of them and why it is not paid. */
export const readInvoices: Reader = async (handle, keys, { code }) => {
  const invoices = await findInvoices(handle, keys);
  const items = await itemsOfDocuments(handle, [...invoices.keys()]);
  return [...invoices.values()].map((invoice) => {
    const own = (items.get(invoice.id) ?? []).filter(({ side }) => side === 'payable');
    const [discount] = own.flatMap(({ discounts }) => discounts);
    const content = {
      ...invoice,
      lines: invoice.lines.map(({ withdrawal: _withdrawal, ...line }) => line),
      ...openAmountOf(own, invoice.cancelledOn),
      discount,
      paymentBlocks: [...new Set(own.flatMap(({ blocks }) => blocks))],
    };
    const document = documentOf({ id: invoice.id }, content);
    return { of: invoice.id, documents: invoice.legalEntity === code ? [document] : [] };
  });
};
