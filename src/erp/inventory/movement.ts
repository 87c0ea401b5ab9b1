import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** What stock may be used for. Consignment is not ours; in transit is ours and on its way here. */
export type StockStatus = 'free' | 'quality' | 'blocked' | 'consignment' | 'in-transit';

/** Kinds that callers book by `moveStock`. Transfers and changes of status have commands. */
export type MovementKind =
  | 'receipt'
  | 'issue'
  | 'adjustment'
  | 'scrap'
  | 'consignment-in'
  | 'consignment-out'
  | 'production-receipt'
  | 'production-issue'
  | 'return';

/** Which document line wanted it. */
export type MovementSource = {
  readonly area: string;
  readonly kind: string;
  readonly id: string;
  readonly line?: string;
};

/** Where and as what stock lies. */
export type StockKey = {
  readonly item: string;
  readonly warehouse: string;
  readonly location: string; // '' is none; so with batch and owner.
  readonly batch: string;
  readonly status: StockStatus;
  readonly owner: string; // The supplier whose consignment it is.
};

/** Stock that is to come in (plus) or go out (minus), in the item's base unit. */
export type MovementDraft = {
  readonly kind: MovementKind;
  readonly item: string;
  readonly warehouse: string;
  readonly location?: string | undefined;
  readonly batch?: string | undefined;
  readonly status?: StockStatus | undefined; // Free when left out; consignment with an owner.
  readonly owner?: string | undefined;
  readonly quantity: Decimal;
  readonly unitCost?: Decimal | undefined; // Company currency. Or the whole:
  readonly value?: Decimal | undefined; // Above zero, whichever way it moves.
  readonly postedOn: LocalDate;
  readonly expiresOn?: LocalDate | undefined; // Of a batch that comes in first now.
  readonly serials?: readonly string[] | undefined;
  readonly unnumbered?: boolean | undefined; // Of pieces whose numbers nobody knows: a count only.
  readonly reservation?: string | undefined; // That this issue fulfils.
  readonly reason?: string | undefined;
  readonly source: MovementSource;
  readonly group?: string | undefined; // Drafts of one group are booked all or not at all.
};

/** Stock that changes place or status: the two legs of it are booked as one. */
export type TransferDraft = {
  readonly kind: 'transfer' | 'status-change';
  readonly from: StockKey;
  readonly to: StockKey;
  readonly quantity: Decimal; // Above zero.
  readonly postedOn: LocalDate;
  readonly serials?: readonly string[] | undefined;
  readonly reason?: string | undefined;
  readonly source: MovementSource;
  readonly group?: string | undefined;
};

/** A movement that is to be taken back, at what it was worth. A transfer is taken back whole. */
export type ReversalDraft = {
  readonly kind: 'reversal';
  readonly movement: string;
  readonly postedOn: LocalDate;
  readonly reason?: string | undefined;
  readonly source?: MovementSource | undefined; // The movement's own when left out.
  readonly group?: string | undefined;
};

/** A receipt whose cost turns out to be other by `amount`. */
export type CorrectionDraft = {
  readonly kind: 'revaluation';
  readonly movement: string;
  readonly amount: Decimal;
  readonly postedOn: LocalDate;
  readonly reason?: string | undefined;
  readonly source: MovementSource;
  readonly group?: string | undefined;
};

/** Anything that can be booked on stock. */
export type StockDraft = MovementDraft | TransferDraft | ReversalDraft | CorrectionDraft;

/** What came of a draft. Where there are two legs: the id of the last, the sum of both. */
export type Moved = {
  readonly id: string;
  readonly value: Decimal; // What stock gained; company currency, at its scale.
  readonly variance: Decimal; // What of a given cost did not go into stock: for the caller to post.
};

/** A movement that has been decided. */
export type MovementRow = StockKey & {
  readonly id: string;
  readonly kind: MovementKind | 'transfer' | 'status-change' | 'revaluation';
  readonly quantity: Decimal;
  readonly value: Decimal;
  readonly variance: Decimal;
  readonly serials: readonly string[];
  readonly postedOn: LocalDate;
  readonly reason: string | undefined;
  readonly source: MovementSource;
  readonly reversalOf: string | undefined;
  readonly pair: string | undefined;
};

/** A key as one text; blanks cannot stand in what it is made of. */
export const keyText = (key: StockKey): string =>
  [key.item, key.warehouse, key.location, key.batch, key.status, key.owner].join('\u0000');

/** The key of the position that a stock key belongs to. */
export const positionKey = (key: Pick<StockKey, 'item' | 'warehouse'>): string =>
  `${key.item}\u0000${key.warehouse}`;

/** The key of a batch or a location. */
export const partKey = (whole: string, part: string): string => `${whole}\u0000${part}`;
