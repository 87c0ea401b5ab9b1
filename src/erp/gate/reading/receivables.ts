import { itemsOfDocuments } from '#erp/open-items';
import { findInvoices } from '#erp/receivables';
import type { Reader } from '../gate.ts';
import { openAmountOf } from './open-amount.ts';
import { documentOf } from './plain.ts';

/** Invoices and credit notes to customers, with what is open of them. */
export const readCustomerInvoices: Reader = async (handle, keys, { code }) => {
  const invoices = await findInvoices(handle, keys);
  const items = await itemsOfDocuments(handle, [...invoices.keys()]);
  return [...invoices.values()].map((invoice) => {
    const own = (items.get(invoice.id) ?? []).filter(({ side }) => side === 'receivable');
    const dunningLevel = Math.max(0, ...own.map((item) => item.dunningLevel));
    const content = { ...invoice, ...openAmountOf(own, invoice.cancelledOn), dunningLevel };
    const document = documentOf({ id: invoice.id }, content);
    return { of: invoice.id, documents: invoice.legalEntity === code ? [document] : [] };
  });
};
