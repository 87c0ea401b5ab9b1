import { insertRows } from '#database';
import type { Handle } from '#database';
import { momentsOf } from '#erp/company';
import type { ErpContext } from '#erp/company';
import type { NumberedDocument } from './book-documents.ts';

const INVOICE = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  kind: 'text',
  customer: 'text',
  issued_on: 'date',
  posted_on: 'date',
  due_on: 'date',
  currency: 'text',
  rate: 'numeric',
  net: 'numeric',
  tax: 'numeric',
  gross: 'numeric',
  company_gross: 'numeric',
  taxes: 'jsonb',
  payment_terms: 'text',
  reference: 'text',
  reason: 'text',
  text: 'text',
  entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

const LINE = {
  invoice_id: 'text',
  number: 'integer',
  order_id: 'text',
  order_line: 'integer',
  delivery_id: 'text',
  delivery_line: 'integer',
  corrects: 'text',
  corrects_line: 'integer',
  item: 'text',
  text: 'text',
  quantity: 'numeric',
  unit: 'text',
  unit_price: 'numeric',
  price_base: 'numeric',
  discount_percent: 'numeric',
  net: 'numeric',
  tax: 'numeric',
  tax_code: 'text',
  account: 'text',
  posting: 'jsonb',
  cost_centre: 'text',
  project: 'text',
} as const;

/** Writes posted invoices and credit notes with their lines. */
export async function writeDocuments(
  tx: Handle,
  context: ErpContext,
  documents: readonly NumberedDocument[],
  entries: readonly string[],
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const headers = documents.map(({ id, number, document, booking }, at) => ({
    id,
    legal_entity: legalEntity,
    number,
    kind: document.kind,
    customer: document.customer.id,
    issued_on: document.issuedOn,
    posted_on: document.postedOn,
    due_on: document.dueOn,
    currency: document.currency,
    rate: document.rate,
    net: document.net,
    tax: document.tax,
    gross: document.gross,
    company_gross: booking.companyGross,
    taxes: JSON.stringify(document.taxes),
    payment_terms: document.paymentTerms,
    reference: document.reference,
    reason: document.reason,
    text: document.text,
    entry_id: entries[at] ?? '',
    created_by: by,
    created_at: momentOf(document.postedOn),
  }));
  await insertRows(tx, 'erp_receivables.customer_invoice', INVOICE, headers);
  await insertRows(tx, 'erp_receivables.customer_invoice_line', LINE, documents.flatMap(linesOf));
}

function linesOf({ id, document }: NumberedDocument) {
  return document.lines.map((line, at) => ({
    invoice_id: id,
    number: at + 1,
    order_id: line.order?.document.id,
    order_line: line.order?.line,
    delivery_id: line.delivery?.document.id,
    delivery_line: line.delivery?.line,
    corrects: line.corrects?.document.id,
    corrects_line: line.corrects?.line,
    item: line.item,
    text: line.text,
    quantity: line.quantity,
    unit: line.unit,
    unit_price: line.unitPrice,
    price_base: line.priceBase,
    discount_percent: line.discountPercent,
    net: line.net,
    tax: line.tax,
    tax_code: line.taxCode,
    account: line.account,
    posting: JSON.stringify(line.posting),
    cost_centre: line.costCentre,
    project: line.project,
  }));
}
