import { insertRows } from '#database';
import type { Handle } from '#database';
import { linkDocuments, momentsOf } from '#erp/company';
import type { ErpContext } from '#erp/company';
import type { Moved } from '#erp/inventory';
import type { Decimal } from '#kernel/decimal';
import type { CostLine, DecidedPosting, StockLine } from './posting.ts';

/** A line with what it adds to work in progress. */
export type BookedLine =
  | (StockLine & { readonly amount: Decimal; readonly moved: Moved })
  | (CostLine & { readonly moved?: never });

/** A posting that is to be written. */
export type BookedPosting = {
  readonly place: number;
  readonly id: string;
  readonly number: string;
  readonly posting: DecidedPosting;
  readonly lines: readonly BookedLine[];
};

const POSTING = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  kind: 'text',
  order_id: 'text',
  posted_on: 'date',
  reason: 'text',
  entry_id: 'text',
  goods_receipt: 'text',
  stock_document: 'text',
  reverses: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

const CONFIRMATION = {
  posting_id: 'text',
  order_id: 'text',
  operation: 'integer',
  good: 'numeric',
  scrap: 'numeric',
  scrap_reason: 'text',
  rework: 'numeric',
  rework_reason: 'text',
  setup_seconds: 'integer',
  run_seconds: 'integer',
  labour_seconds: 'integer',
  down_seconds: 'integer',
  down_reason: 'text',
  machine: 'text',
  employee: 'text',
  started_at: 'timestamptz',
  ended_at: 'timestamptz',
  finals: 'integer',
} as const;

const LINE = {
  posting_id: 'text',
  number: 'integer',
  order_id: 'text',
  kind: 'text',
  operation: 'integer',
  component: 'integer',
  item: 'text',
  quantity: 'numeric',
  warehouse: 'text',
  location: 'text',
  batch: 'text',
  movement: 'text',
  cost_centre: 'text',
  amount: 'numeric',
} as const;

/** Writes postings with what they say; the orders' sums and states follow by their triggers. */
export async function writePostings(
  tx: Handle,
  context: ErpContext,
  booked: readonly BookedPosting[],
  entryOf: ReadonlyMap<string, string>,
): Promise<void> {
  const { by, legalEntity } = context;
  const momentOf = momentsOf(context);
  const headers = booked.map(({ id, number, posting }) => ({
    id,
    legal_entity: legalEntity,
    number,
    kind: posting.kind,
    order_id: posting.order.id,
    posted_on: posting.postedOn,
    reason: posting.reason,
    entry_id: entryOf.get(id),
    goods_receipt: posting.goodsReceipt,
    stock_document: posting.stockDocument,
    reverses: posting.reverses,
    created_by: by,
    created_at: momentOf(posting.postedOn),
  }));
  await insertRows(tx, 'erp_production.posting', POSTING, headers);
  // What is taken back leaves stock before it was never made; what is made comes before it is received.
  const isBack = booked.some(({ posting }) => posting.kind === 'reversal');
  if (isBack) await writeLines(tx, booked);
  await writeConfirmations(tx, booked);
  if (!isBack) await writeLines(tx, booked);
  await linkDocuments(
    tx,
    booked.map(({ id, number, posting: { order } }) => ({
      from: { kind: 'work-order', id: order.id, number: order.number },
      to: { kind: 'production-posting', id, number },
    })),
  );
}

async function writeConfirmations(tx: Handle, booked: readonly BookedPosting[]): Promise<void> {
  const shipments = booked.flatMap(({ id, posting: { shipment, order } }) =>
    shipment === undefined ? [] : [{ posting_id: id, order_id: order.id, ...shipment }],
  );
  await insertRows(
    tx,
    'erp_production.shipment',
    { posting_id: 'text', order_id: 'text', operation: 'integer', quantity: 'numeric' },
    shipments,
  );
  const confirmations = booked.flatMap(({ id, posting: { confirmation: said, order } }) =>
    said === undefined
      ? []
      : [
          {
            posting_id: id,
            order_id: order.id,
            operation: said.operation,
            good: said.good,
            scrap: said.scrap,
            scrap_reason: said.scrapReason,
            rework: said.rework,
            rework_reason: said.reworkReason,
            setup_seconds: said.setupSeconds,
            run_seconds: said.runSeconds,
            labour_seconds: said.labourSeconds,
            down_seconds: said.downSeconds,
            down_reason: said.downReason,
            machine: said.machine,
            employee: said.employee,
            started_at: said.startedAt,
            ended_at: said.endedAt,
            finals: said.finals,
          },
        ],
  );
  await insertRows(tx, 'erp_production.confirmation', CONFIRMATION, confirmations);
}

async function writeLines(tx: Handle, booked: readonly BookedPosting[]): Promise<void> {
  const values = booked.flatMap(({ id, posting: { order }, lines }) =>
    lines.map((line, at) => ({
      posting_id: id,
      number: at + 1,
      order_id: order.id,
      kind: line.kind,
      operation: line.operation,
      amount: line.amount,
      ...(line.moved === undefined
        ? { ...NO_STOCK, cost_centre: line.costCentre }
        : {
            component: line.component,
            item: line.item,
            quantity: line.quantity,
            warehouse: line.warehouse,
            location: line.location,
            batch: line.batch,
            movement: line.moved.id,
            cost_centre: null,
          }),
    })),
  );
  await insertRows(tx, 'erp_production.posting_line', LINE, values);
}

const NO_STOCK = {
  component: null,
  item: null,
  quantity: null,
  warehouse: null,
  location: null,
  batch: null,
  movement: null,
} as const;
