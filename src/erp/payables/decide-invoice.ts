import { accept, dueDates, refuse } from '#erp/company';
import { overlay } from '#erp/company/documents';
import type { Noted } from '#erp/company/documents';
import type { ProjectProblem } from '#erp/company/projects';
import { taxesOf } from '#erp/company/tax';
import type { PaymentTerms, RateOf, Refusal, Result } from '#erp/company';
import type { TaxCode } from '#erp/company/tax';
import type { Withdrawn } from '#erp/inventory/withdrawals';
import type { Party } from '#erp/parties';
import type { PurchaseOrder } from '#erp/purchasing';
import { currencyScale, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  decimalOf,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { PayablesProblemCode } from './errors.ts';
import { matchLine, TOLERANCE } from './match-line.ts';
import type { Match } from './match-line.ts';
import { matchWithdrawn } from './match-withdrawn.ts';
import { duplicateKeyOf } from './supplier-invoice.ts';
import type {
  InvoiceDraft,
  InvoiceKind,
  InvoiceLineDraft,
  InvoiceTax,
} from './supplier-invoice.ts';

/** What is known when invoices are decided. */
export type InvoiceFacts = {
  readonly legalEntity: string;
  readonly companyCurrency: CurrencyCode;
  readonly suppliers: ReadonlyMap<string, Party>;
  readonly orders: ReadonlyMap<string, PurchaseOrder>;
  readonly withdrawals: ReadonlyMap<string, Withdrawn>;
  readonly taxCodes: readonly TaxCode[];
  readonly terms: ReadonlyMap<string, PaymentTerms>;
  readonly projectProblem: ProjectProblem;
  readonly rateOf: RateOf;
  /** Our number of an invoice that the supplier has sent under this key. Not of cancelled ones. */
  readonly sentBefore: (supplier: string, key: string) => string | undefined;
};

/** What earlier invoices of the same call have charged of order lines and withdrawals: it is changed. */
export type Charged = Noted<Charge>;

/** What was charged, and what that took of goods received in the company's and the order's currency. */
type Charge = { readonly quantity: Decimal; readonly value: Decimal; readonly net: Decimal };

/** A line that may be posted. */
export type DecidedInvoiceLine = {
  readonly draft: InvoiceLineDraft;
  readonly number: number;
  readonly order: PurchaseOrder | undefined;
  readonly orderLine: PurchaseOrder['lines'][number] | undefined;
  readonly withdrawn?: Withdrawn;
  readonly quantity: Decimal | undefined;
  readonly match: Match | undefined;
};

/** An invoice that may be posted. */
export type DecidedInvoice = {
  readonly draft: InvoiceDraft;
  readonly kind: InvoiceKind;
  readonly supplier: Party;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly net: Decimal;
  readonly taxes: readonly InvoiceTax[];
  readonly tax: Decimal;
  readonly gross: Decimal;
  readonly paymentTerms: string;
  readonly dueOn: LocalDate;
  readonly discounts: readonly { readonly percent: Decimal; readonly until: LocalDate }[];
  readonly lines: readonly DecidedInvoiceLine[];
};

type Code = PayablesProblemCode;
type No = Refusal<Code>;

const ZERO = decimal('0');
const NOTHING: Charge = { quantity: ZERO, value: ZERO, net: ZERO };

/** Whether an invoice may be posted, and as what. Pure but for `charged`. */
export function decideInvoice(
  facts: InvoiceFacts,
  draft: InvoiceDraft,
  charged: Charged,
): Result<DecidedInvoice, Code> {
  const kind = draft.kind ?? 'invoice';
  const supplier = facts.suppliers.get(draft.supplier);
  if (supplier === undefined) {
    return refuse(
      'payables.no-such-supplier',
      `there is no supplier ${draft.supplier}`,
      'supplier',
    );
  }
  const before = facts.sentBefore(supplier.id, duplicateKeyOf(draft.supplierNumber));
  if (before !== undefined && draft.acceptsDuplicate !== true) {
    const message = `${supplier.name} has sent ${draft.supplierNumber} before: it is ${before}`;
    return refuse('payables.duplicate', message, 'supplierNumber');
  }
  const currency = parseCurrency(draft.currency ?? supplier.currency ?? facts.companyCurrency);
  const rate = currency === undefined ? undefined : facts.rateOf(currency, draft.postedOn);
  if (currency === undefined || rate === undefined) {
    return refuse('payables.no-rate', `no rate on ${draft.postedOn}`, 'currency');
  }
  const own = overlay(charged);
  const lines: DecidedInvoiceLine[] = [];
  for (const [at, line] of draft.lines.entries()) {
    const decided = decideLine(facts, line, {
      supplier,
      currency,
      kind,
      number: at + 1,
      rate,
      charged: own,
    });
    if (!decided.ok) return decided;
    lines.push(decided.value);
  }
  const totals = decideTotals(facts, draft, currency);
  if (!totals.ok) return totals;
  const paymentTerms =
    draft.paymentTerms ?? lines[0]?.order?.paymentTerms ?? supplier.paymentTerms ?? 'NET30';
  const terms = facts.terms.get(paymentTerms);
  if (terms === undefined) {
    return refuse('payables.no-such-terms', `there are no terms ${paymentTerms}`, 'paymentTerms');
  }
  own.keep();
  const due = dueDates(terms, draft.issuedOn);
  return accept({
    draft,
    kind,
    supplier,
    currency,
    rate,
    ...totals.value,
    paymentTerms,
    ...due,
    lines,
  });
}

type LineContext = {
  readonly supplier: Party;
  readonly currency: CurrencyCode;
  readonly kind: InvoiceKind;
  readonly number: number;
  readonly rate: Decimal;
  readonly charged: Charged;
};

function decideLine(
  facts: InvoiceFacts,
  draft: InvoiceLineDraft,
  context: LineContext,
): Result<DecidedInvoiceLine, Code> {
  const { number, supplier, currency } = context;
  const field = `lines.${number - 1}`;
  if (compareDecimals(draft.net, ZERO) < 0) {
    return refuse('payables.bad-line', 'a line is not below zero: send a credit note', field);
  }
  const wrong = facts.projectProblem(draft.project);
  if (wrong !== undefined) return refuse('payables.bad-line', wrong, `${field}.project`);
  if (draft.withdrawal !== undefined) return withdrawnLine(facts, draft, context);
  if (draft.order === undefined) {
    const named = draft.text !== undefined || draft.item !== undefined;
    return named
      ? accept({
          draft,
          number,
          order: undefined,
          orderLine: undefined,
          quantity: draft.quantity,
          match: undefined,
        })
      : refuse('payables.bad-line', 'a line names an order, an item or says what it is', field);
  }
  const order = facts.orders.get(draft.order.id);
  const orderLine = order?.lines.find((each) => each.number === draft.order?.line);
  if (order === undefined || orderLine === undefined || order.legalEntity !== facts.legalEntity) {
    const message = `there is no line ${draft.order.line} of order ${draft.order.id}`;
    return refuse('payables.no-such-order-line', message, field);
  }
  if (order.supplier !== supplier.id) {
    return refuse('payables.supplier-differs', `${order.number} is with another supplier`, field);
  }
  if (order.currency !== currency) {
    return refuse('payables.currency-differs', `${order.number} is in ${order.currency}`, field);
  }
  const quantity = draft.quantity ?? subtractDecimals(orderLine.ordered, orderLine.invoiced);
  if (compareDecimals(quantity, ZERO) <= 0) {
    return refuse('payables.bad-line', 'the quantity charged is above zero', field);
  }
  return matched(facts, { draft, number, order, orderLine, quantity }, context);
}

/** A line that charges what was taken of consignment: of him, and no more than is not charged yet. */
function withdrawnLine(
  facts: InvoiceFacts,
  draft: InvoiceLineDraft,
  { number, supplier, kind, rate, currency, charged }: LineContext,
): Result<DecidedInvoiceLine, Code> {
  const field = `lines.${number - 1}`;
  const one = facts.withdrawals.get(draft.withdrawal ?? '');
  if (one === undefined || one.legalEntity !== facts.legalEntity || one.isReversed) {
    return refuse('payables.no-such-withdrawal', 'nothing was taken by this id', field);
  }
  if (one.supplier !== supplier.id) {
    return refuse('payables.supplier-differs', `${one.number} is of another supplier`, field);
  }
  if (draft.order !== undefined) {
    return refuse('payables.bad-line', 'a line charges an order or a withdrawal', field);
  }
  const key = `withdrawn ${one.id}`;
  const before = charged.get(key) ?? NOTHING;
  const decided = matchWithdrawn({
    withdrawn: one,
    before,
    kind,
    number,
    quantity: draft.quantity,
    net: draft.net,
    rate,
    scales: { company: currencyScale(facts.companyCurrency), invoice: currencyScale(currency) },
  });
  if (typeof decided === 'string') {
    return refuse('payables.bad-line', decided, `${field}.quantity`);
  }
  const { quantity, match } = decided;
  if (match !== undefined) {
    charge(charged, key, turned(kind, quantity, match));
  }
  const line = { draft, number, order: undefined, orderLine: undefined, quantity, match };
  return accept({ ...line, withdrawn: one });
}

/** Matches a line; a subsequent debit charges more for what was charged before, and takes nothing. */
function matched(
  facts: InvoiceFacts,
  line: {
    readonly draft: InvoiceLineDraft;
    readonly number: number;
    readonly order: PurchaseOrder;
    readonly orderLine: PurchaseOrder['lines'][number];
    readonly quantity: Decimal;
  },
  { kind, charged }: LineContext,
): Result<DecidedInvoiceLine, Code> {
  const { draft, number, order, orderLine, quantity } = line;
  if (kind === 'subsequent-debit') return accept({ ...line, match: undefined });
  const key = `${order.id} ${orderLine.number}`;
  const earlier = charged.get(key) ?? NOTHING;
  const invoiced = addDecimals(orderLine.invoiced, earlier.quantity);
  const invoicedValue = addDecimals(orderLine.invoicedValue, earlier.value);
  const invoicedNet = addDecimals(orderLine.invoicedNet, earlier.net);
  const wish = { order, quantity, net: draft.net, number };
  if (kind === 'credit-note') {
    // What was charged is given back as it was taken: in proportion.
    if (compareDecimals(quantity, invoiced) > 0) {
      return refuse('payables.bad-line', `${invoiced} have been charged`, `lines.${number - 1}`);
    }
    const taken = { receivedValue: invoicedValue, receivedNet: invoicedNet };
    const share = { ...orderLine, received: invoiced, ...taken };
    const none = { invoiced: ZERO, invoicedValue: ZERO, invoicedNet: ZERO };
    const match = {
      ...matchLine({ ...wish, line: share, ...none }, TOLERANCE, facts.companyCurrency),
      deviations: [],
    };
    charge(charged, key, turned(kind, quantity, match));
    return accept({ ...line, match });
  }
  const before = { invoiced, invoicedValue, invoicedNet };
  const match = matchLine(
    { ...wish, line: orderLine, ...before },
    TOLERANCE,
    facts.companyCurrency,
  );
  charge(charged, key, turned(kind, quantity, match));
  return accept({ ...line, match });
}

const negated = (value: Decimal): Decimal => subtractDecimals(ZERO, value);

/** What a line charges; a credit note gives back. */
export function turned(kind: InvoiceKind, quantity: Decimal, { taken, takenNet }: Match): Charge {
  const turn = (value: Decimal): Decimal => (kind === 'credit-note' ? negated(value) : value);
  return { quantity: turn(quantity), value: turn(taken), net: turn(takenNet) };
}

function charge(charged: Charged, key: string, more: Charge): void {
  const before = charged.get(key) ?? NOTHING;
  charged.set(key, {
    quantity: addDecimals(before.quantity, more.quantity),
    value: addDecimals(before.value, more.value),
    net: addDecimals(before.net, more.net),
  });
}

type Totals = Pick<DecidedInvoice, 'net' | 'taxes' | 'tax' | 'gross'>;

/** The totals, rounded once per tax code; what is printed may differ by a coin for each line. */
function decideTotals(
  facts: InvoiceFacts,
  draft: InvoiceDraft,
  currency: CurrencyCode,
): Result<Totals, Code> {
  if (draft.lines.length === 0) {
    return refuse('payables.empty-document', 'an invoice has a line', 'lines');
  }
  const scale = currencyScale(currency);
  const net = roundDecimal(sumDecimals(draft.lines.map((line) => line.net)), scale);
  const { taxCodes } = facts;
  const of = { taxCodes, direction: 'input', on: draft.issuedOn, scale } as const;
  const computed = taxesOf(draft.lines, of);
  if ('unknown' in computed) {
    return refuse('payables.no-such-tax-code', `there is no tax code ${computed.unknown}`, 'lines');
  }
  const taxes = draft.taxes ?? computed.taxes;
  const coin = decimalOf(BigInt(draft.lines.length), scale);
  for (const { code, amount } of taxes) {
    const own = computed.taxes.find((each) => each.code === code);
    const problem = taxProblem(own, amount, coin);
    if (problem !== undefined) return problem;
  }
  const printed = new Set(taxes.map(({ code }) => code));
  const lacking = computed.taxes.find(
    ({ code, amount }) => !printed.has(code) && compareDecimals(amount, coin) > 0,
  );
  if (lacking !== undefined) {
    return refuse(
      'payables.bad-tax',
      `${lacking.amount} of tax ${lacking.code} is missing`,
      'taxes',
    );
  }
  const tax = sumDecimals(taxes.map(({ amount }) => amount));
  const gross = addDecimals(net, tax);
  if (draft.gross !== undefined && compareDecimals(draft.gross, gross) !== 0) {
    return refuse('payables.totals-differ', `its lines and taxes come to ${gross}`, 'gross');
  }
  if (compareDecimals(gross, ZERO) <= 0) {
    return refuse('payables.empty-document', 'an invoice asks for something', 'lines');
  }
  return accept({ net, taxes, tax, gross });
}

function taxProblem(own: InvoiceTax | undefined, printed: Decimal, coin: Decimal): No | undefined {
  if (own === undefined) return refuse('payables.bad-tax', 'no line has this tax code', 'taxes');
  const off = subtractDecimals(printed, own.amount);
  const size = compareDecimals(off, ZERO) < 0 ? negated(off) : off;
  return compareDecimals(size, coin) > 0
    ? refuse('payables.bad-tax', `tax ${own.code} comes to ${own.amount}, not ${printed}`, 'taxes')
    : undefined;
}
