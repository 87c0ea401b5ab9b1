import type { LocalDate } from '#kernel/time';
import type { SentBack, Stray, Told } from './bank.ts';
import type { Needed } from './treasury.ts';

/** What somebody wants of an item. Quantities are whole; amounts are minor units of a currency. */
export type WantedLine = {
  readonly item: string; // Its number.
  readonly quantity: number;
  readonly unitPrice: number;
  readonly warehouse: string; // Its code.
  readonly discountPerMille?: number;
};

/** So much of a line of another document, lines being counted from 1. */
export type LinePart = { readonly line: number; readonly quantity: number };

/** What a supplier charges of an order line, of what was taken of his consignment, or without either. */
export type BilledLine =
  | { readonly withdrawal: string; readonly quantity: number; readonly unitPrice: number }
  | (LinePart & { readonly order: string; readonly unitPrice: number })
  | {
      readonly text: string;
      readonly account: string;
      readonly net: number;
      readonly project?: string; // Its key.
    };

/** One side of a journal entry; a debit is above zero. */
export type JournalSide = { readonly account: string; readonly amount: number };

/** A part of a project's work as it is planned. Hours are whole; amounts are minor units. */
export type PlannedTask = {
  readonly number: string;
  readonly name: string;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly months: readonly {
    readonly month: LocalDate;
    readonly hours: number;
    readonly cost: number;
    readonly revenue: number;
  }[];
};

/** What a project reaches with a task; `amount` is charged then. */
export type PlannedMilestone = {
  readonly number: string;
  readonly name: string;
  readonly task: string;
  readonly plannedOn: LocalDate;
  readonly amount: number;
};

type Common = {
  readonly key: string; // Names the document for whatever comes later.
  readonly on: LocalDate;
};

/** Goods of an order that leave, or come back. */
type Moving = Common & {
  readonly order: string;
  readonly lines: readonly LinePart[];
  readonly reason?: string;
};

/**
 * What somebody at the company, a customer, a supplier or a machine did on a day. A key is given by
 * the world; the number comes from the ERP when it is booked.
 */
export type Intent =
  | (Common & {
      readonly kind: 'sales-order';
      readonly customer: string;
      readonly promisedOn: LocalDate;
      readonly channel: string;
      readonly quotation?: string; // That it comes of.
      readonly lines: readonly WantedLine[];
    })
  | (Common & {
      readonly kind: 'quotation';
      readonly customer: string;
      readonly validUntil: LocalDate;
      readonly lines: readonly WantedLine[];
    })
  | (Common & {
      readonly kind: 'quotation-loss';
      readonly quotation: string;
      readonly reason: string;
    })
  | (Moving & { readonly kind: 'delivery' })
  | (Moving & { readonly kind: 'customer-return' })
  | (Common & { readonly kind: 'customer-invoice'; readonly deliveries: readonly string[] })
  | (Common & { readonly kind: 'credit-note'; readonly returned: string; readonly reason: string })
  | (Common & {
      readonly kind: 'customer-payment';
      readonly customer: string;
      readonly invoices: readonly string[];
      readonly perMille: number; // Of what is open.
      readonly takesDiscount: boolean;
    })
  | (Common & { readonly kind: 'refund'; readonly customer: string; readonly creditNote: string })
  | (Common & { readonly kind: 'bad-debt'; readonly invoice: string; readonly reason: string })
  | (Common & {
      readonly kind: 'requisition';
      readonly supplier: string;
      readonly requester: string;
      readonly neededOn: LocalDate;
      readonly refusedBecause?: string; // Else another agrees.
      readonly lines: readonly WantedLine[];
    })
  | (Common & {
      readonly kind: 'purchase-order';
      readonly supplier: string;
      readonly requester: string;
      readonly promisedOn: LocalDate;
      readonly requisition?: string; // That it comes of, line by line.
      readonly lines: readonly WantedLine[];
    })
  | (Common & {
      readonly kind: 'receipt';
      readonly order: string;
      readonly lines: readonly LinePart[];
    })
  | (Common & {
      readonly kind: 'supplier-invoice';
      readonly supplier: string;
      readonly supplierNumber: string;
      readonly issuedOn: LocalDate;
      readonly lines: readonly BilledLine[];
    })
  | (Common & { readonly kind: 'free-invoice'; readonly invoice: string })
  | (Common & {
      readonly kind: 'payment-run'; // Of who is paid in the company's currency.
      readonly nextRunOn: LocalDate;
      readonly payments: readonly { readonly key: string; readonly supplier: string }[];
    })
  | (Common & {
      readonly kind: 'supplier-payment';
      readonly supplier: string;
      readonly invoices: readonly string[];
    })
  | (Common & {
      readonly kind: 'supplier-advance'; // Paid without an invoice that is open: a payment twice.
      readonly supplier: string;
      readonly like: string; // The payment that it repeats.
    })
  | (Common & {
      readonly kind: 'work-order';
      readonly item: string;
      readonly quantity: number;
      readonly endsOn: LocalDate;
    })
  | (Common & {
      readonly kind: 'confirmation';
      readonly order: string;
      readonly operation: number;
      readonly good: number;
      readonly scrap: number;
      readonly scrapReason?: string;
      readonly minuteFrom: number; // Of the day, UTC.
      readonly setupSeconds: number;
      readonly runSeconds: number;
      readonly isLast: boolean;
    })
  | (Common & {
      readonly kind: 'outside-order'; // A supplier is to do an operation, and gets the pieces.
      readonly order: string; // Of work.
      readonly quantity: number;
      readonly unitPrice: number;
      readonly promisedOn: LocalDate;
    })
  | (Common & {
      readonly kind: 'outside-receipt';
      readonly order: string; // Of work.
      readonly good: number;
      readonly scrap: number;
    })
  | (Common & { readonly kind: 'close-work-order'; readonly order: string })
  | (Common & {
      readonly kind: 'downtime';
      readonly workCentre: string;
      readonly reason: string;
      readonly isPlanned: boolean;
      readonly minuteFrom: number;
      readonly minutes: number;
    })
  | (Common & {
      readonly kind: 'stock-loss';
      readonly item: string;
      readonly warehouse: string;
      readonly quantity: number; // Above zero: so much is missing.
      readonly reason: string;
    })
  | (Common & {
      readonly kind: 'stock-count';
      readonly warehouse: string;
      readonly items?: readonly string[]; // Else all that is there.
      readonly differences: readonly {
        readonly item: string;
        readonly quantity: number; // Above zero: so much more was there.
        readonly reason: string;
      }[];
    })
  | (Common & {
      readonly kind: 'consignment' | 'withdrawal'; // A supplier leaves goods here; we take of them.
      readonly supplier: string;
      readonly item: string;
      readonly warehouse: string;
      readonly quantity: number;
      readonly unitPrice: number; // Of the company's currency.
    })
  | (Common & {
      readonly kind: 'stock-transfer';
      readonly item: string;
      readonly from: string;
      readonly to: string;
      readonly quantity: number;
    })
  | (Common & { readonly kind: 'dunning-run' })
  | (Common & {
      readonly kind: 'journal';
      readonly text: string;
      readonly by: string;
      readonly sides: readonly JournalSide[];
    })
  | (Common & {
      readonly kind: 'project';
      readonly name: string;
      readonly how: 'fixed-price' | 'time-and-material' | 'internal';
      readonly customer?: string;
      readonly endsOn: LocalDate;
      readonly tasks: readonly PlannedTask[];
      readonly milestones: readonly PlannedMilestone[];
    })
  | (Common & {
      readonly kind: 'change-order';
      readonly project: string;
      readonly title: string;
      readonly isApproved: boolean;
      readonly endsOn: LocalDate;
      readonly tasks: readonly PlannedTask[];
      readonly milestones: readonly PlannedMilestone[];
    })
  | (Common & {
      readonly kind: 'time-sheet';
      readonly person: string;
      readonly project: string;
      readonly lines: readonly {
        readonly task: string;
        readonly on: LocalDate;
        readonly quarters: number; // Of an hour.
      }[];
    })
  | (Common & {
      readonly kind: 'progress';
      readonly project: string;
      readonly task: string;
      readonly percent: number;
      readonly costToComplete?: number;
    })
  | (Common & {
      readonly kind: 'milestone';
      readonly project: string;
      readonly milestone: string;
    })
  | (Common & {
      readonly kind: 'project-bill';
      readonly project: string;
      readonly milestone?: string; // Else hours.
      readonly hoursUntil?: LocalDate; // The Friday on which they were written down.
    })
  | (Common & { readonly kind: 'complete-project' | 'close-project'; readonly project: string })
  | (Common & {
      readonly kind: 'subscription';
      readonly customer: string;
      readonly offer: string;
      readonly quantity: number;
      readonly startsOn: LocalDate;
    })
  | (Common & {
      readonly kind: 'subscription-step';
      readonly subscription: string;
      readonly step: 'change' | 'pause' | 'resume' | 'end';
      readonly from: LocalDate;
      readonly quantity?: number;
      readonly offer?: string;
      readonly reason?: string;
    })
  | (Common & {
      readonly kind: 'billing-run';
      readonly charged: readonly { readonly customer: string; readonly invoice: string }[];
    })
  | (Common & {
      readonly kind: 'bank-statement'; // Of all accounts of the legal entity.
      readonly told: readonly Told[];
      readonly strays: readonly Stray[];
      readonly sentBack: readonly SentBack[];
      readonly fee?: number; // What the bank takes for itself.
      readonly needed?: readonly Needed[]; // The treasury looks at the accounts in other currencies.
    })
  | (Common & {
      readonly kind: 'match-line'; // Somebody has found out what a stray was for.
      readonly stray: string;
      readonly customer: string;
      readonly invoice: string;
    })
  | (Common & { readonly kind: 'recognise-revenue' }) // Of a month, on its last day.
  | (Common & { readonly kind: 'tax-return'; readonly upTo: LocalDate })
  | (Common & { readonly kind: 'fiscal-year'; readonly year: number })
  | (Common & {
      readonly kind: 'close-month';
      readonly fiscalYear: number;
      readonly period: number;
    })
  | (Common & { readonly kind: 'close-year'; readonly fiscalYear: number });

/** The kinds of oddity that the company plants, or that befall it. */
export type OddityKind =
  | 'duplicate-invoice'
  | 'duplicate-payment'
  | 'invoice-price-above-order'
  | 'invoice-quantity-above-receipt'
  | 'off-contract-purchase'
  | 'purchase-without-order'
  | 'split-purchase'
  | 'supplier-delays'
  | 'late-payer'
  | 'bad-debt'
  | 'mispriced-sale'
  | 'demand-spike'
  | 'stock-out'
  | 'stock-shrinkage'
  | 'returned-batch'
  | 'machine-drift'
  | 'machine-breakdown'
  | 'unusual-journal'
  | 'late-close'
  | 'project-overrun'
  | 'unmatched-bank-line';

/** An oddity, with the documents that show it by the keys that the world gave them. */
export type Label = {
  readonly kind: OddityKind;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly why: string;
  readonly documents: readonly { readonly kind: Intent['kind']; readonly key: string }[];
  readonly parties?: readonly string[]; // Numbers.
  readonly items?: readonly string[];
  readonly places?: readonly string[]; // Warehouses, work centres.
};

/** What one legal entity did on one day. */
export type DayOf = {
  readonly entity: string;
  readonly on: LocalDate;
  readonly intents: readonly Intent[];
  readonly labels: readonly Label[];
};
