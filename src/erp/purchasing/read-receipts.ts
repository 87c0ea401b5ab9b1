import { rows, sql } from '#database';
import type { Handle } from '#database';
import { atMost, given, sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';

/** A line of a receipt as it was booked. Quantities in the order line's unit, signed. */
export type GoodsReceiptLine = {
  readonly number: number;
  readonly order: string;
  readonly orderLine: number;
  readonly item: string | null;
  readonly quantity: Decimal;
  readonly unit: string; // The order line's.
  readonly rejected: Decimal;
  readonly reason: string | null;
  readonly batch: string | null;
  readonly expiresOn: LocalDate | null;
  readonly warehouse: string | null;
  readonly location: string | null;
  readonly movements: readonly string[];
  readonly value: Decimal; // Company currency.
  readonly net: Decimal; // The order's currency.
};

/** What came in or went back, or takes back what was booked. */
export type GoodsReceipt = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly kind: 'receipt' | 'return' | 'reversal';
  readonly supplier: string;
  readonly deliveryNote: string | null;
  readonly receivedOn: LocalDate;
  readonly postedOn: LocalDate;
  readonly entry: string | null;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly lines: readonly GoodsReceiptLine[];
};

const HEADER = sql`r.id, r.legal_entity as "legalEntity", r.number, r.kind, r.supplier,
  r.delivery_note as "deliveryNote", r.received_on as "receivedOn", r.posted_on as "postedOn",
  r.entry_id as entry, r.reverses, (select b.id from erp_purchasing.goods_receipt b
    where b.reverses = r.id) as "reversedBy", r.created_by as "createdBy",
  r.created_at as "createdAt"`;

type Header = Omit<GoodsReceipt, 'lines'>;

const LIST = {
  table: 'erp_purchasing.goods_receipt',
  alias: 'r',
  columns: {
    postedOn: 'posted_on',
    receivedOn: 'received_on',
    number: 'number',
    supplier: 'supplier',
  },
} as const;

/** Which of them to list. */
type Filter = {
  readonly legalEntity?: string;
  readonly order?: string;
  readonly supplier?: string;
  readonly from?: LocalDate; // Posted.
  readonly to?: LocalDate;
  readonly number?: string; // It begins like this.
  readonly sort?: Sorting<keyof (typeof LIST)['columns']>;
  readonly after?: string; // The last id of the page before.
  readonly limit: number;
};

/** Receipts, unless sorted otherwise the newest first, without their lines. */
export async function listReceiptHeads(handle: Handle, filter: Filter): Promise<readonly Header[]> {
  const { legalEntity, order, supplier } = filter;
  const sorted = sortedBy(LIST, filter.sort ?? '-postedOn', filter.after);
  const conditions = [
    ...given(legalEntity, (value) => sql`r.legal_entity = ${value}`),
    ...given(supplier, (value) => sql`r.supplier = ${value}`),
    ...given(
      order,
      (value) =>
        sql`exists (select 1 from erp_purchasing.goods_receipt_line l where l.receipt_id = r.id and l.order_id = ${value})`,
    ),
    ...given(filter.from, (value) => sql`r.posted_on >= ${value}`),
    ...given(filter.to, (value) => sql`r.posted_on <= ${value}`),
    ...given(filter.number, (value) => sql`starts_with(r.number, ${value})`),
    sorted.isAfter,
  ];
  return await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_purchasing.goods_receipt r
      where ${sql.join(conditions, sql` and `)}
      order by ${sorted.order} ${atMost(filter.limit)}`,
  );
}

/** The same with their lines. */
export const listReceipts = async (
  handle: Handle,
  filter: Filter,
): Promise<readonly GoodsReceipt[]> =>
  await withLines(handle, await listReceiptHeads(handle, filter));

/** Receipts by id. */
export async function findReceipts(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GoodsReceipt>> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_purchasing.goods_receipt r where r.id = any(${[...ids]})`,
  );
  return new Map((await withLines(handle, found)).map((receipt) => [receipt.id, receipt]));
}

async function withLines(
  handle: Handle,
  headers: readonly Header[],
): Promise<readonly GoodsReceipt[]> {
  const lines = await rows<GoodsReceiptLine & { readonly receipt: string }>(
    handle,
    sql`select l.receipt_id as receipt, l.number, l.order_id as order,
        l.order_line as "orderLine", l.item, l.quantity::text as quantity, o.unit,
        l.rejected::text as rejected, l.reason, l.batch, l.expires_on as "expiresOn", l.warehouse,
        l.location, l.movements, l.value::text as value, l.net::text as net
      from erp_purchasing.goods_receipt_line l
      join erp_purchasing.purchase_order_line o
        on o.order_id = l.order_id and o.number = l.order_line
      where l.receipt_id = any(${headers.map(({ id }) => id)}) order by l.receipt_id, l.number`,
  );
  const byReceipt = Map.groupBy(lines, ({ receipt }) => receipt);
  return headers.map((header) => ({
    ...header,
    lines: (byReceipt.get(header.id) ?? []).map(({ receipt: _receipt, ...line }) => line),
  }));
}
