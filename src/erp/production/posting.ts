import type { MovementDraft } from '#erp/inventory';
import type { Decimal } from '#kernel/decimal';
import type { Instant, LocalDate } from '#kernel/time';
import type { WorkOrder } from './work-order.ts';

/** What happened to an order. */
export type PostingKind =
  | 'confirmation'
  | 'issue'
  | 'receipt'
  | 'shipment'
  | 'settlement'
  | 'reversal';

/** Why an order cost other than planned. */
export type VarianceKind =
  | 'price-variance'
  | 'usage-variance'
  | 'time-variance'
  | 'scrap-variance'
  | 'other-variance';

/** What was done at an operation; a reversal's quantities and times are below zero. */
export type ConfirmationRow = {
  readonly operation: number;
  readonly good: Decimal;
  readonly scrap: Decimal;
  readonly scrapReason: string | null;
  readonly rework: Decimal; // Of what is still at the operation: sent back, neither good nor scrap.
  readonly reworkReason: string | null;
  readonly setupSeconds: number;
  readonly runSeconds: number;
  readonly labourSeconds: number;
  readonly downSeconds: number;
  readonly downReason: string | null;
  readonly machine: string | null;
  readonly employee: string | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly finals: number; // 1: nothing more is done here. -1: that was taken back.
};

/** Stock that an order takes or gives, or what takes that back. */
export type StockLine = {
  readonly kind: 'material' | 'product' | 'by-product';
  readonly operation: number | null;
  readonly component: number | null;
  readonly item: string;
  readonly quantity: Decimal; // Of material to the order, of products from it.
  readonly warehouse: string;
  readonly location: string;
  readonly batch: string;
  readonly field?: string; // Of the draft that asks for it; '' is the draft itself.
  readonly stock:
    | Omit<MovementDraft, 'source' | 'group' | 'postedOn'>
    | { readonly movement: string }; // That is taken back.
};

/** What is added to work in progress, or taken from it, without stock. */
export type CostLine = {
  readonly kind: 'machine' | 'labour' | 'outside' | VarianceKind;
  readonly operation: number | null;
  readonly amount: Decimal; // Company currency, at its scale.
  readonly costCentre: string | null;
};

/** Something that may be posted; nothing about it is open but what stock is worth. */
export type DecidedPosting = {
  readonly kind: PostingKind;
  readonly order: WorkOrder;
  readonly postedOn: LocalDate;
  readonly reason: string | null;
  readonly reverses?: string;
  readonly goodsReceipt?: string; // Of the supplier's service.
  readonly stockDocument?: string; // The transfer of what we provide.
  readonly confirmation?: ConfirmationRow;
  readonly shipment?: { readonly operation: number; readonly quantity: Decimal };
  readonly stock: readonly StockLine[];
  readonly costs: readonly CostLine[];
};

/** A posting as it was booked. */
export type Posted = {
  readonly id: string;
  readonly number: string;
  readonly entry: string | undefined;
};
