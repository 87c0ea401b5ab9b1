import { rows, sql } from '#database';
import type { Handle } from '#database';
import { sortedBy } from '#erp/company/lists';
import type { Sorting } from '#erp/company/lists';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { ConfirmationRow, CostLine, PostingKind, StockLine } from './posting.ts';

/** What a posting added to work in progress, or took from it. */
export type PostingLine = {
  readonly number: number;
  readonly kind: StockLine['kind'] | CostLine['kind'];
  readonly operation: number | null;
  readonly component: number | null;
  readonly item: string | null;
  readonly quantity: Decimal | null;
  readonly warehouse: string | null;
  readonly location: string | null;
  readonly batch: string | null;
  readonly movement: string | null;
  readonly costCentre: string | null;
  readonly amount: Decimal; // Company currency.
};

/** What happened to an order, as it was posted. */
export type Posting = {
  readonly id: string;
  readonly legalEntity: string;
  readonly number: string;
  readonly kind: PostingKind;
  readonly order: string;
  readonly orderNumber: string;
  readonly postedOn: LocalDate;
  readonly reason: string | null;
  readonly entry: string | null;
  readonly goodsReceipt: string | null;
  readonly stockDocument: string | null;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly confirmation: ConfirmationRow | null;
  readonly shipment: { readonly operation: number; readonly quantity: Decimal } | null;
  readonly lines: readonly PostingLine[];
};

type Header = Omit<Posting, 'confirmation' | 'shipment' | 'lines'>;
type Of<T> = T & { readonly postingId: string };

const HEADER = sql`p.id, p.legal_entity as "legalEntity", p.number, p.kind, p.order_id as "order",
  o.number as "orderNumber", p.posted_on as "postedOn", p.reason, p.entry_id as entry,
  p.goods_receipt as "goodsReceipt", p.stock_document as "stockDocument", p.reverses,
  (select r.id from erp_production.posting r where r.reverses = p.id) as "reversedBy",
  p.created_by as "createdBy", p.created_at as "createdAt"`;

const LIST = {
  table: 'erp_production.posting',
  alias: 'p',
  columns: { postedOn: 'posted_on', number: 'number' },
} as const;

/** Postings of orders, unless sorted otherwise the newest first. */
export async function listPostings(
  handle: Handle,
  filter: {
    readonly legalEntity?: string | undefined;
    readonly order?: string | undefined;
    readonly kind?: PostingKind | undefined;
    readonly workCentre?: string | undefined; // Of the operation that was confirmed.
    readonly from?: LocalDate | undefined; // Posted.
    readonly to?: LocalDate | undefined;
    readonly sort?: Sorting<keyof (typeof LIST)['columns']> | undefined;
    readonly after?: string | undefined; // The last id of the page before.
    readonly limit: number;
  },
): Promise<readonly Posting[]> {
  const { legalEntity, order, kind, workCentre, from, to, limit } = filter;
  const sorted = sortedBy(LIST, filter.sort ?? '-postedOn', filter.after);
  const conditions = [
    sorted.isAfter,
    ...(legalEntity === undefined ? [] : [sql`p.legal_entity = ${legalEntity}`]),
    ...(order === undefined ? [] : [sql`p.order_id = ${order}`]),
    ...(kind === undefined ? [] : [sql`p.kind = ${kind}`]),
    ...(workCentre === undefined
      ? []
      : [
          sql`exists (select from erp_production.confirmation c
            join erp_production.work_order_operation w
              on w.order_id = c.order_id and w.number = c.operation
            where c.posting_id = p.id and w.work_centre = ${workCentre})`,
        ]),
    ...(from === undefined ? [] : [sql`p.posted_on >= ${from}`]),
    ...(to === undefined ? [] : [sql`p.posted_on <= ${to}`]),
  ];
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_production.posting p
      join erp_production.work_order o on o.id = p.order_id
      where ${sql.join(conditions, sql` and `)} order by ${sorted.order} limit ${limit}`,
  );
  return await withParts(handle, found);
}

/** Postings by id. */
export async function findPostings(
  handle: Handle,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Posting>> {
  const found = await rows<Header>(
    handle,
    sql`select ${HEADER} from erp_production.posting p
      join erp_production.work_order o on o.id = p.order_id
      where p.id = any(${[...new Set(ids)]})`,
  );
  return new Map((await withParts(handle, found)).map((posting) => [posting.id, posting]));
}

async function withParts(handle: Handle, headers: readonly Header[]): Promise<readonly Posting[]> {
  const ids = headers.map(({ id }) => id);
  const confirmations = await rows<Of<ConfirmationRow>>(
    handle,
    sql`select posting_id as "postingId", operation, good::text as good, scrap::text as scrap,
        scrap_reason as "scrapReason", rework::text as rework, rework_reason as "reworkReason",
        setup_seconds as "setupSeconds", run_seconds as "runSeconds",
        labour_seconds as "labourSeconds", down_seconds as "downSeconds",
        down_reason as "downReason", machine, employee, started_at as "startedAt",
        ended_at as "endedAt", finals
      from erp_production.confirmation where posting_id = any(${ids})`,
  );
  const shipments = await rows<Of<{ operation: number; quantity: Decimal }>>(
    handle,
    sql`select posting_id as "postingId", operation, quantity::text as quantity
      from erp_production.shipment where posting_id = any(${ids})`,
  );
  const lines = await rows<Of<PostingLine>>(
    handle,
    sql`select posting_id as "postingId", number, kind, operation, component, item,
        quantity::text as quantity, warehouse, location, batch, movement,
        cost_centre as "costCentre", amount::text as amount
      from erp_production.posting_line where posting_id = any(${ids}) order by posting_id, number`,
  );
  const confirmed = new Map(confirmations.map(({ postingId, ...rest }) => [postingId, rest]));
  const shipped = new Map(shipments.map(({ postingId, ...rest }) => [postingId, rest]));
  const linesOf = Map.groupBy(lines, ({ postingId }) => postingId);
  return headers.map((header) => ({
    ...header,
    confirmation: confirmed.get(header.id) ?? null,
    shipment: shipped.get(header.id) ?? null,
    lines: (linesOf.get(header.id) ?? []).map(({ postingId: _posting, ...line }) => line),
  }));
}
