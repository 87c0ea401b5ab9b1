import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { CustomerInvoice, CustomerInvoiceLine, InvoiceKind } from './customer-invoice.ts';
import { keyOf } from './decided-document.ts';

const HEADER = sql`i.id, i.legal_entity as "legalEntity", i.number, i.kind, i.customer,
  i.issued_on as "issuedOn", i.posted_on as "postedOn", i.due_on as "dueOn", i.currency,
  i.rate::text as rate, i.net::text as net, i.tax::text as tax, i.gross::text as gross,
  i.company_gross::text as "companyGross", i.taxes, i.payment_terms as "paymentTerms",
  i.reference, i.reason, i.text, i.entry_id as entry, c.cancelled_on as "cancelledOn",
  i.created_by as "createdBy", i.created_at as "createdAt"`;

type Header = Omit<CustomerInvoice, 'lines'>;

/** Which invoices and credit notes to list. */
export type InvoiceFilter = {
  readonly legalEntity?: string;
  readonly customer?: string;
  readonly order?: string;
  readonly kind?: InvoiceKind;
  readonly from?: LocalDate; // Posted.
  readonly to?: LocalDate;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

const LIST = {
  table: 'erp_receivables.customer_invoice',
  alias: 'i',
  columns: {
    postedOn: 'posted_on',
    issuedOn: 'issued_on',
    dueOn: 'due_on',
    number: 'number',
    customer: 'customer',
    gross: 'gross',
  },
} as const;

/** Invoices and credit notes, the newest first unless sorted otherwise, without their lines. */
export async function listInvoiceHeads(
  handle: Handle,
  filter: InvoiceFilter,
): Promise<readonly Header[]> {
  const { legalEntity, customer, order, kind } = filter;
  const sorted = sortedBy(LIST, filter.sort ?? '-postedOn', filter.after);
  const conditions = [
    ...given(legalEntity, (value) => sql`i.legal_entity = ${value}`),
    ...given(customer, (value) => sql`i.customer = ${value}`),
    ...given(kind, (value) => sql`i.kind = ${value}`),
    ...given(
      order,
      (value) =>
        sql`exists (select 1 from erp_receivables.customer_invoice_line l where l.invoice_id = i.id and l.order_id = ${value})`,
    ),
    ...given(filter.from, (value) => sql`i.posted_on >= ${value}`),
    ...given(filter.to, (value) => sql`i.posted_on <= ${value}`),
    ...given(filter.number, (value) => sql`starts_with(i.number, ${value})`),
    sorted.isAfter,
  ];
  return await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_receivables.customer_invoice i
      left join erp_receivables.cancellation c on c.invoice_id = i.id
      where ${sql.join(conditions, sql` and `)}
      order by ${sorted.order} ${atMost(filter.limit)}`,
  );
}

/** The same with their lines. */
export const listInvoices = async (
  handle: Handle,
  filter: InvoiceFilter,
): Promise<readonly CustomerInvoice[]> =>
  await withLines(handle, await listInvoiceHeads(handle, filter));

/** Invoices and credit notes by id. */
export async function findInvoices(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerInvoice>> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_receivables.customer_invoice i
      left join erp_receivables.cancellation c on c.invoice_id = i.id where i.id = any(${[...ids]})`,
  );
  return new Map((await withLines(handle, found)).map((invoice) => [invoice.id, invoice]));
}

/** The same, locked: who corrects or cancels one waits for who else does, in the order of ids. */
export async function lockInvoices(
  tx: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerInvoice>> {
  await rows(
    tx,
    sql`select 1 from erp_receivables.customer_invoice where id = any(${[...ids]})
      order by id for no key update`,
  );
  return await findInvoices(tx, ids);
}

/** The invoices that stand and charge these orders. */
export async function invoicesOfOrders(
  handle: Handle,
  orders: readonly string[],
): Promise<readonly string[]> {
  if (orders.length === 0) return [];
  const found = await rows<{ id: string }>(
    handle,
    // By their ids, found first: a join might go through all invoices there are.
    sql`select i.id from erp_receivables.customer_invoice i
      where i.id = any(array(select distinct l.invoice_id
          from erp_receivables.customer_invoice_line l where l.order_id = any(${[...orders]})))
        and i.kind = 'invoice'
        and not exists (select 1 from erp_receivables.cancellation c where c.invoice_id = i.id)`,
  );
  return found.map(({ id }) => id);
}

/** What credit notes that stand have given back of a line. */
export type Corrected = {
  readonly quantity: Decimal;
  readonly net: Decimal;
  readonly tax: Decimal;
};

/** What has been given back of invoices' lines, by `keyOf`. */
export async function correctedOf(
  handle: Handle,
  invoices: readonly string[],
): Promise<ReadonlyMap<string, Corrected>> {
  const found = await rows<Corrected & { readonly invoice: string; readonly line: number }>(
    handle,
    sql`select invoice_id as invoice, number as line, quantity::text as quantity, net::text as net,
        tax::text as tax
      from erp_receivables.corrected_line where invoice_id = any(${[...invoices]})`,
  );
  return new Map(found.map(({ invoice, line, ...corrected }) => [keyOf(invoice, line), corrected]));
}

async function withLines(
  handle: Handle,
  headers: readonly Header[],
): Promise<readonly CustomerInvoice[]> {
  const lines = await rows<CustomerInvoiceLine & { readonly invoice: string }>(
    handle,
    sql`select invoice_id as invoice, number, order_id as order, order_line as "orderLine",
        delivery_id as delivery, delivery_line as "deliveryLine", corrects,
        corrects_line as "correctsLine", item, text, quantity::text as quantity, unit,
        unit_price::text as "unitPrice", price_base::text as "priceBase",
        discount_percent::text as "discountPercent", net::text as net, tax::text as tax,
        tax_code as "taxCode", account, posting, cost_centre as "costCentre", project
      from erp_receivables.customer_invoice_line
      where invoice_id = any(${headers.map(({ id }) => id)}) order by invoice_id, number`,
  );
  const byInvoice = Map.groupBy(lines, ({ invoice }) => invoice);
  return headers.map((header) => ({
    ...header,
    lines: (byInvoice.get(header.id) ?? []).map(({ invoice: _invoice, ...line }) => line),
  }));
}

/** The ids of all documents of a legal entity that were cancelled. */
export async function cancelledInvoices(
  handle: Handle,
  legalEntity: string,
): Promise<ReadonlySet<string>> {
  const found = await rows<{ id: string }>(
    handle,
    sql`select i.id from erp_receivables.cancellation c
      join erp_receivables.customer_invoice i on i.id = c.invoice_id
      where i.legal_entity = ${legalEntity}`,
  );
  return new Set(found.map(({ id }) => id));
}
