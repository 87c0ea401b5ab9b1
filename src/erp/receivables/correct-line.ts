import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import type { Noted } from '#erp/company/documents';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { CorrectionDraft, CustomerInvoice, CustomerInvoiceLine } from './customer-invoice.ts';
import type { DocumentFacts } from './decide-invoice.ts';
import { keyOf } from './decided-document.ts';
import type { DecidedLine, Origin, Taken } from './decided-document.ts';
import type { ReceivablesProblemCode } from './errors.ts';
import type { Corrected } from './read-invoices.ts';

/** What is known when credit notes are decided. The invoices that they correct are locked. */
export type CreditFacts = DocumentFacts & {
  readonly invoices: ReadonlyMap<string, CustomerInvoice>;
  readonly correctedOf: ReadonlyMap<string, Corrected>;
};

/** What earlier credit notes of the same call gave back: it is changed. */
export type Given = { readonly lines: Noted<Corrected>; readonly quantities: Taken };

/** A line that is corrected, and the return that is the reason. */
export type Correction = CorrectionDraft & { readonly returned?: Origin };

type Code = ReceivablesProblemCode;

const ZERO = decimal('0');
const NOTHING: Corrected = { quantity: ZERO, net: ZERO, tax: ZERO };

export const smallest = (a: Decimal, b: Decimal): Decimal => (compareDecimals(a, b) < 0 ? a : b);

/** What may still be given back of an invoice's line. */
export function leftOf(
  facts: CreditFacts,
  of: { readonly invoice: string; readonly line: CustomerInvoiceLine },
  { lines }: Given,
): Corrected {
  const key = keyOf(of.invoice, of.line.number);
  const before = facts.correctedOf.get(key) ?? NOTHING;
  const now = lines.get(key) ?? NOTHING;
  const left = (whole: Decimal, part: keyof Corrected): Decimal =>
    subtractDecimals(subtractDecimals(whole, before[part]), now[part]);
  return {
    quantity: left(of.line.quantity ?? ZERO, 'quantity'),
    net: left(of.line.net, 'net'),
    tax: left(of.line.tax, 'tax'),
  };
}

/** Whether so much of an invoice's line is given back; it is noted in `given`. */
export function correctLine(
  facts: CreditFacts,
  draft: Correction,
  { given, field }: { readonly given: Given; readonly field: string },
): Result<{ readonly line: DecidedLine; readonly invoice: CustomerInvoice }, Code> {
  const invoice = facts.invoices.get(draft.invoice);
  const line = invoice?.lines.find(({ number }) => number === draft.line);
  const isOurs = invoice?.legalEntity === facts.legalEntity && invoice.kind === 'invoice';
  if (invoice === undefined || line === undefined || !isOurs) {
    const message = `there is no line ${draft.line} of invoice ${draft.invoice}`;
    return refuse('receivables.no-such-invoice', message, field);
  }
  if (invoice.cancelledOn !== null) {
    return refuse('receivables.already-cancelled', `${invoice.number} is cancelled`, field);
  }
  const left = leftOf(facts, { invoice: invoice.id, line }, given);
  const part = partOf(draft, { left, currency: invoice.currency });
  if (part === undefined) {
    const message = `${left.quantity} worth ${left.net} are left of line ${line.number}`;
    return refuse('receivables.nothing-to-credit', message, field);
  }
  note(given, { draft, line, invoice, part });
  const quantity = compareDecimals(part.quantity, ZERO) > 0 ? part.quantity : undefined;
  const orderLine = line.orderLine ?? undefined;
  const order = line.order === null ? undefined : facts.orders.get(line.order);
  const decided: DecidedLine = {
    order:
      order === undefined || orderLine === undefined
        ? undefined
        : { document: order, line: orderLine },
    delivery: draft.returned,
    corrects: { document: invoice, line: line.number },
    item: line.item ?? undefined,
    text: line.text,
    quantity,
    unit: line.unit,
    unitPrice: line.unitPrice,
    priceBase: line.priceBase,
    discountPercent: line.discountPercent,
    net: part.net,
    tax: part.tax,
    taxCode: line.taxCode ?? undefined,
    account: line.account ?? undefined,
    posting: line.posting,
    costCentre: line.costCentre ?? undefined,
    project: line.project ?? undefined,
  };
  return accept({ line: decided, invoice });
}

/** What is given back, in proportion to what is left: all of it takes all its coins. */
function partOf(
  { quantity, net: wanted }: CorrectionDraft,
  { left, currency }: { readonly left: Corrected; readonly currency: CurrencyCode },
): Corrected | undefined {
  const scale = currencyScale(currency);
  const share = (whole: Decimal, part: Decimal, of: Decimal): Decimal =>
    divideDecimals(multiplyDecimals(whole, part), of, scale) ?? whole;
  const isPrice = quantity === undefined && wanted !== undefined;
  const back = isPrice ? ZERO : (quantity ?? left.quantity);
  const net =
    wanted === undefined ? share(left.net, back, left.quantity) : roundDecimal(wanted, scale);
  const fits =
    compareDecimals(back, ZERO) >= 0 &&
    compareDecimals(net, ZERO) >= 0 &&
    compareDecimals(back, left.quantity) <= 0 &&
    compareDecimals(net, left.net) <= 0 &&
    (compareDecimals(back, ZERO) > 0 || compareDecimals(net, ZERO) > 0);
  return fits ? { quantity: back, net, tax: share(left.tax, net, left.net) } : undefined;
}

function note(
  given: Given,
  of: {
    readonly draft: Correction;
    readonly line: CustomerInvoiceLine;
    readonly invoice: CustomerInvoice;
    readonly part: Corrected;
  },
): void {
  const { draft, line, invoice, part } = of;
  const key = keyOf(invoice.id, line.number);
  const before = given.lines.get(key) ?? NOTHING;
  given.lines.set(key, {
    quantity: addDecimals(before.quantity, part.quantity),
    net: addDecimals(before.net, part.net),
    tax: addDecimals(before.tax, part.tax),
  });
  const more = (at: string): void => {
    given.quantities.set(at, addDecimals(given.quantities.get(at) ?? ZERO, part.quantity));
  };
  if (line.order !== null && line.orderLine !== null) more(keyOf(line.order, line.orderLine));
  if (draft.returned !== undefined) more(keyOf(draft.returned.document.id, draft.returned.line));
}
