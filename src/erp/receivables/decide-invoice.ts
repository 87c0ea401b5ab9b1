import { accept, dueDates, refuse } from '#erp/company';
import type { PaymentTerms, RateOf, Refusal, Result } from '#erp/company';
import { overlay } from '#erp/company/documents';
import type { TaxCode } from '#erp/company/tax';
import type { Party } from '#erp/parties';
import type { SalesOrder } from '#erp/sales';
import { parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { InvoiceDraft, InvoiceLineDraft } from './customer-invoice.ts';
import { decideCharge } from './decide-charge.ts';
import type { Charge, ChargeFacts } from './decide-charge.ts';
import { decideFreeLine } from './decide-free-line.ts';
import type { FreeLineFacts } from './decide-free-line.ts';
import type { DecidedDocument, DecidedLine, Taken } from './decided-document.ts';
import { roundLines, totalsOf } from './document-totals.ts';
import type { ReceivablesProblemCode } from './errors.ts';

/** What is known when documents are decided. */
export type DocumentFacts = ChargeFacts &
  FreeLineFacts & {
    readonly companyCurrency: CurrencyCode;
    readonly customers: ReadonlyMap<string, Party>;
    readonly taxCodes: readonly TaxCode[];
    readonly terms: ReadonlyMap<string, PaymentTerms>;
    readonly rateOf: RateOf;
  };

type Code = ReceivablesProblemCode;

/** Whether an invoice may be posted, and as what. Pure but for `taken`. */
export function decideInvoice(
  facts: DocumentFacts,
  draft: InvoiceDraft,
  taken: Taken,
): Result<DecidedDocument, Code> {
  const own = overlay(taken);
  const charges = decideLines(facts, draft, own);
  if (!charges.ok) return charges;
  const orders = charges.value.flatMap(({ from }) => from ?? []);
  const [first] = orders;
  const customerId = draft.customer ?? first?.customer ?? '';
  const customer = facts.customers.get(customerId);
  if (customer === undefined) {
    return refuse('receivables.no-such-customer', `there is no customer ${customerId}`, 'customer');
  }
  const currency = parseCurrency(
    draft.currency ?? first?.currency ?? customer.currency ?? facts.companyCurrency,
  );
  const rate = currency === undefined ? undefined : facts.rateOf(currency, draft.postedOn);
  if (currency === undefined || rate === undefined) {
    return refuse('receivables.no-rate', `no rate on ${draft.postedOn}`, 'currency');
  }
  const stranger = orders.map((order) => strangeness(order, customer, currency)).find(isRefusal);
  if (stranger !== undefined) return stranger;
  const paymentTerms =
    draft.paymentTerms ?? first?.paymentTerms ?? customer.paymentTerms ?? 'NET30';
  const terms = facts.terms.get(paymentTerms);
  if (terms === undefined) {
    return refuse(
      'receivables.no-such-terms',
      `there are no terms ${paymentTerms}`,
      'paymentTerms',
    );
  }
  const { issuedOn, postedOn } = draft;
  const lines = charges.value.map(({ line }) => line);
  const rounded = finish(facts, lines, { on: issuedOn, currency });
  if (!rounded.ok) return rounded;
  own.keep();
  return accept({
    ...rounded.value,
    ...dueDates(terms, issuedOn),
    kind: 'invoice',
    customer,
    issuedOn,
    postedOn,
    currency,
    rate,
    paymentTerms,
    reference: draft.reference ?? first?.customerReference ?? '',
    reason: '',
    text: draft.text ?? '',
  });
}

/** Lines with exact nets, rounded and taxed together. */
export function finish(
  { taxCodes }: Pick<DocumentFacts, 'taxCodes'>,
  lines: readonly DecidedLine[],
  of: { readonly on: LocalDate; readonly currency: CurrencyCode },
): Result<ReturnType<typeof totalsOf> & Pick<DecidedDocument, 'lines'>, Code> {
  const rounded = roundLines(lines, { taxCodes, ...of });
  if (!rounded.ok) return rounded;
  const amounts = rounded.value.values();
  const done = lines.map((line): DecidedLine => ({ ...line, ...amounts.next().value }));
  const totals = totalsOf(done);
  return isNothing(totals.gross)
    ? refuse('receivables.empty-document', 'an invoice asks for something', 'lines')
    : accept({ ...totals, lines: done });
}

const isNothing = (amount: Decimal): boolean => compareDecimals(amount, decimal('0')) === 0;
const isRefusal = <T>(value: T | undefined): value is T => value !== undefined;

type Wish = {
  readonly line: InvoiceLineDraft;
  readonly field: string;
  readonly isNamed: boolean; // Nothing left of it is refused, not passed over.
};

function decideLines(
  facts: DocumentFacts,
  draft: InvoiceDraft,
  taken: Taken,
): Result<readonly { readonly line: DecidedLine; readonly from?: SalesOrder }[], Code> {
  const wishes = wishesOf(facts, draft);
  if (!wishes.ok) return wishes;
  const found: { readonly line: DecidedLine; readonly from?: SalesOrder }[] = [];
  for (const { line, field, isNamed } of wishes.value) {
    const decided = decideOne(facts, line, { taken, field });
    if (!decided.ok) return decided;
    if (decided.value !== undefined) found.push(decided.value);
    else if (isNamed) {
      return refuse('receivables.nothing-to-charge', 'nothing of it may be charged', field);
    }
  }
  return found.length === 0
    ? refuse('receivables.nothing-to-charge', 'all of it has been charged, or has not left')
    : accept(found);
}

function decideOne(
  facts: DocumentFacts,
  line: InvoiceLineDraft,
  at: { readonly taken: Taken; readonly field: string },
): Result<Charge | { readonly line: DecidedLine } | undefined, Code> {
  if ('order' in line || 'delivery' in line) return decideCharge(facts, line, at);
  const free = decideFreeLine(facts, line, at.field);
  return free.ok ? accept({ line: free.value }) : free;
}

/** All lines that a draft asks for: whole deliveries and orders line by line. */
function wishesOf(facts: DocumentFacts, draft: InvoiceDraft): Result<readonly Wish[], Code> {
  const { deliveries = [], orders = [], lines = [] } = draft;
  const wishes: Wish[] = [];
  for (const [at, id] of deliveries.entries()) {
    const field = `deliveries.${at}`;
    const delivery = facts.deliveries.get(id);
    if (delivery === undefined) {
      return refuse('receivables.no-such-delivery', `there is no delivery ${id}`, field);
    }
    for (const { number } of delivery.lines) {
      wishes.push({ line: { delivery: { id, line: number } }, field, isNamed: false });
    }
  }
  for (const [at, id] of orders.entries()) {
    const field = `orders.${at}`;
    const order = facts.orders.get(id);
    if (order === undefined) {
      return refuse('receivables.no-such-order-line', `there is no order ${id}`, field);
    }
    for (const { number } of order.lines) {
      wishes.push({ line: { order: { id, line: number } }, field, isNamed: false });
    }
  }
  const named = lines.map((line, at) => ({ line, field: `lines.${at}`, isNamed: true }));
  return accept([...wishes, ...named]);
}

function strangeness(
  order: SalesOrder,
  customer: Party,
  currency: CurrencyCode,
): Refusal<Code> | undefined {
  if (order.customer !== customer.id) {
    return refuse('receivables.customer-differs', `${order.number} is of another customer`);
  }
  return order.currency === currency
    ? undefined
    : refuse('receivables.currency-differs', `${order.number} is in ${order.currency}`);
}
