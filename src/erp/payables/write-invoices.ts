import { insertRows } from '#database';
import type { Handle } from '#database';
import { momentsOf } from '#erp/company';
import type { ErpContext } from '#erp/company';
import type { NumberedInvoice } from './post-invoices.ts';
import { duplicateKeyOf } from './supplier-invoice.ts';

const INVOICE = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  supplier_number: 'text',
  supplier_number_key: 'text',
  kind: 'text',
  supplier: 'text',
  issued_on: 'date',
  received_on: 'date',
  posted_on: 'date',
  due_on: 'date',
  currency: 'text',
  rate: 'numeric',
  net: 'numeric',
  tax: 'numeric',
  gross: 'numeric',
  taxes: 'jsonb',
  payment_terms: 'text',
  payee_account: 'text',
  match_status: 'text',
  deviations: 'jsonb',
  accepts_duplicate: 'boolean',
  text: 'text',
  entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

const LINE = {
  invoice_id: 'text',
  number: 'integer',
  kind: 'text',
  order_id: 'text',
  order_line: 'integer',
  withdrawal: 'text',
  item: 'text',
  text: 'text',
  quantity: 'numeric',
  unit: 'text',
  unit_price: 'numeric',
  net: 'numeric',
  tax_code: 'text',
  account: 'text',
  cost_centre: 'text',
  project: 'text',
  taken: 'numeric',
  variance: 'numeric',
  exchange_difference: 'numeric',
} as const;

/** Writes posted invoices with their lines. */
export async function writeInvoices(
  tx: Handle,
  context: ErpContext,
  invoices: readonly NumberedInvoice[],
  entries: readonly string[],
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const headers = invoices.map(({ id, number, invoice }, at) => {
    const { draft, kind, supplier, currency, rate, net, tax, gross, taxes, dueOn } = invoice;
    return {
      id,
      legal_entity: legalEntity,
      number,
      supplier_number: draft.supplierNumber,
      supplier_number_key: duplicateKeyOf(draft.supplierNumber),
      kind,
      supplier: supplier.id,
      issued_on: draft.issuedOn,
      received_on: draft.receivedOn ?? draft.postedOn,
      posted_on: draft.postedOn,
      due_on: dueOn,
      currency,
      rate,
      net,
      tax,
      gross,
      taxes: JSON.stringify(taxes),
      payment_terms: invoice.paymentTerms,
      payee_account: draft.payeeAccount,
      match_status: matchStatusOf(invoice),
      deviations: JSON.stringify(invoice.lines.flatMap(({ match }) => match?.deviations ?? [])),
      accepts_duplicate: draft.acceptsDuplicate ?? false,
      text: draft.text ?? '',
      entry_id: entries[at] ?? '',
      created_by: by,
      created_at: momentOf(draft.postedOn),
    };
  });
  await insertRows(tx, 'erp_payables.supplier_invoice', INVOICE, headers);
  await insertRows(tx, 'erp_payables.supplier_invoice_line', LINE, invoices.flatMap(linesOf));
}

function matchStatusOf({ lines }: NumberedInvoice['invoice']): string {
  if (lines.every(({ match }) => match === undefined)) return 'not-matched';
  const deviates = lines.some(({ match }) => (match?.deviations.length ?? 0) > 0);
  return deviates ? 'deviating' : 'matched';
}

function linesOf({ id, invoice, booking }: NumberedInvoice) {
  return invoice.lines.map(
    ({ draft, number, order, orderLine, withdrawn, quantity, match }, at) => ({
      invoice_id: id,
      number,
      kind: draft.kind ?? 'item',
      order_id: order?.id,
      order_line: orderLine?.number,
      withdrawal: withdrawn?.id,
      item: draft.item ?? orderLine?.item ?? withdrawn?.item,
      text: draft.text ?? orderLine?.text ?? '',
      quantity,
      unit: orderLine?.unit,
      unit_price: draft.unitPrice,
      net: draft.net,
      tax_code: draft.taxCode,
      account: draft.account,
      cost_centre: draft.costCentre,
      project: draft.project,
      taken: match?.taken ?? '0',
      variance: booking.differences[at]?.price ?? '0',
      exchange_difference: booking.differences[at]?.exchange ?? '0',
    }),
  );
}
