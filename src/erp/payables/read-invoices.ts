import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { LocalDate } from '#kernel/time';
import type { SupplierInvoice, SupplierInvoiceLine } from './supplier-invoice.ts';

const HEADER = sql`i.id, i.legal_entity as "legalEntity", i.number,
  i.supplier_number as "supplierNumber", i.kind, i.supplier, i.issued_on as "issuedOn",
  i.received_on as "receivedOn", i.posted_on as "postedOn", i.due_on as "dueOn", i.currency,
  i.rate::text as rate, i.net::text as net, i.tax::text as tax, i.gross::text as gross, i.taxes,
  i.payment_terms as "paymentTerms", i.payee_account as "payeeAccount",
  i.match_status as "matchStatus", i.deviations, i.text, i.entry_id as entry,
  c.cancelled_on as "cancelledOn", i.created_by as "createdBy", i.created_at as "createdAt"`;

type Header = Omit<SupplierInvoice, 'lines'>;

/** Which invoices to list. */
export type InvoiceFilter = {
  readonly legalEntity?: string;
  readonly supplier?: string;
  readonly order?: string;
  readonly matchStatus?: SupplierInvoice['matchStatus'];
  readonly from?: LocalDate; // Posted.
  readonly to?: LocalDate;
  readonly number?: string; // Ours or the supplier's begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_payables.supplier_invoice',
  alias: 'i',
  columns: {
    postedOn: 'posted_on',
    issuedOn: 'issued_on',
    dueOn: 'due_on',
    number: 'number',
    supplier: 'supplier',
    gross: 'gross',
  },
} as const;

/** Invoices without their lines, unless sorted otherwise the newest first. What is open of them, open-items tells. */
export async function listInvoiceHeads(
  handle: Handle,
  filter: InvoiceFilter,
): Promise<readonly Header[]> {
  const { legalEntity, supplier, order, number } = filter;
  const sorted = sortedBy(LIST, filter.sort ?? '-postedOn', filter.after);
  const conditions = [
    ...given(legalEntity, (value) => sql`i.legal_entity = ${value}`),
    ...given(supplier, (value) => sql`i.supplier = ${value}`),
    ...given(filter.matchStatus, (value) => sql`i.match_status = ${value}`),
    ...given(
      order,
      (value) =>
        sql`exists (select 1 from erp_payables.supplier_invoice_line l where l.invoice_id = i.id and l.order_id = ${value})`,
    ),
    ...given(filter.from, (value) => sql`i.posted_on >= ${value}`),
    ...given(filter.to, (value) => sql`i.posted_on <= ${value}`),
    ...given(
      number,
      (value) => sql`(starts_with(i.number, ${value}) or starts_with(i.supplier_number, ${value}))`,
    ),
    sorted.isAfter,
  ];
  return await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_payables.supplier_invoice i
      left join erp_payables.cancellation c on c.invoice_id = i.id
      where ${sql.join(conditions, sql` and `)}
      order by ${sorted.order} ${atMost(filter.limit)}`,
  );
}

/** The same with their lines. */
export const listInvoices = async (
  handle: Handle,
  filter: InvoiceFilter,
): Promise<readonly SupplierInvoice[]> =>
  await withLines(handle, await listInvoiceHeads(handle, filter));

/** Invoices by id. */
export async function findInvoices(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SupplierInvoice>> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_payables.supplier_invoice i
      left join erp_payables.cancellation c on c.invoice_id = i.id where i.id = any(${[...ids]})`,
  );
  return new Map((await withLines(handle, found)).map((invoice) => [invoice.id, invoice]));
}

async function withLines(
  handle: Handle,
  headers: readonly Header[],
): Promise<readonly SupplierInvoice[]> {
  const lines = await rows<SupplierInvoiceLine & { readonly invoice: string }>(
    handle,
    sql`select invoice_id as invoice, number, kind, order_id as order, order_line as "orderLine", withdrawal,
        item, text, quantity::text as quantity, unit, unit_price::text as "unitPrice", net::text as net,
        tax_code as "taxCode", account, cost_centre as "costCentre", project, taken::text as taken,
        variance::text as variance, exchange_difference::text as "exchangeDifference"
      from erp_payables.supplier_invoice_line
      where invoice_id = any(${headers.map(({ id }) => id)}) order by invoice_id, number`,
  );
  const byInvoice = Map.groupBy(lines, ({ invoice }) => invoice);
  return headers.map((header) => ({
    ...header,
    lines: (byInvoice.get(header.id) ?? []).map(({ invoice: _invoice, ...line }) => line),
  }));
}
