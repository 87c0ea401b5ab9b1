import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { overlay } from '#erp/company/documents';
import { chargeableOf } from '#erp/sales';
import type { DeliveryLine } from '#erp/sales';
import { parseCurrency } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { correctLine, leftOf, smallest } from './correct-line.ts';
import type { Correction, CreditFacts, Given } from './correct-line.ts';
import type { CreditNoteDraft, CustomerInvoice } from './customer-invoice.ts';
import { decideFreeLine } from './decide-free-line.ts';
import { finish } from './decide-invoice.ts';
import { keyOf } from './decided-document.ts';
import type { DecidedDocument, DecidedLine } from './decided-document.ts';
import { totalsOf } from './document-totals.ts';
import type { ReceivablesProblemCode } from './errors.ts';

type Code = ReceivablesProblemCode;

const ZERO = decimal('0');

/** Whether a credit note may be posted, and as what. Pure but for `given`. */
export function decideCreditNote(
  facts: CreditFacts,
  draft: CreditNoteDraft,
  given: Given,
): Result<DecidedDocument, Code> {
  const own = { lines: overlay(given.lines), quantities: overlay(given.quantities) };
  const decided = draft.free === undefined ? correct(facts, draft, own) : giveFreely(facts, draft);
  if (!decided.ok) return decided;
  own.lines.keep();
  own.quantities.keep();
  return decided;
}

/** What every credit note says of itself. It is due at once and earns no discount. */
const headerOf = (draft: CreditNoteDraft) =>
  ({
    kind: 'credit-note',
    issuedOn: draft.issuedOn,
    postedOn: draft.postedOn,
    dueOn: draft.issuedOn,
    discounts: [],
    reason: draft.reason,
    text: draft.text ?? '',
  }) as const;

function giveFreely(facts: CreditFacts, draft: CreditNoteDraft): Result<DecidedDocument, Code> {
  const { customer: id = '', currency: wanted, lines = [] } = draft.free ?? {};
  const customer = facts.customers.get(id);
  if (customer === undefined) {
    return refuse('receivables.no-such-customer', `there is no customer ${id}`, 'free.customer');
  }
  const currency = parseCurrency(wanted ?? customer.currency ?? facts.companyCurrency);
  const rate = currency === undefined ? undefined : facts.rateOf(currency, draft.postedOn);
  if (currency === undefined || rate === undefined) {
    return refuse('receivables.no-rate', `no rate on ${draft.postedOn}`, 'free.currency');
  }
  const decided: DecidedLine[] = [];
  for (const [at, line] of lines.entries()) {
    const one = decideFreeLine(facts, line, `free.lines.${at}`);
    if (!one.ok) return one;
    decided.push(one.value);
  }
  const done = finish(facts, decided, { on: draft.issuedOn, currency });
  if (!done.ok) return done;
  const reference = draft.reference ?? '';
  const paymentTerms = customer.paymentTerms ?? 'NET30';
  return accept({
    ...done.value,
    ...headerOf(draft),
    customer,
    currency,
    rate,
    paymentTerms,
    reference,
  });
}

/** Gives back what invoices charged, at their rate, as it was taxed. */
function correct(
  facts: CreditFacts,
  draft: CreditNoteDraft,
  given: Given,
): Result<DecidedDocument, Code> {
  const missing = (draft.returns ?? []).find((id) => !isReturn(facts, id));
  if (missing !== undefined) {
    const message = `there is no return ${missing} that stands`;
    return refuse('receivables.no-such-delivery', message, 'returns');
  }
  const lines: DecidedLine[] = [];
  const invoices: CustomerInvoice[] = [];
  for (const correction of correctionsOf(facts, draft, given)) {
    const one = correctLine(facts, correction, { given, field: `corrections.${lines.length}` });
    if (!one.ok) return one;
    lines.push(one.value.line);
    invoices.push(one.value.invoice);
  }
  const [first] = invoices;
  const customer = facts.customers.get(first?.customer ?? '');
  const totals = totalsOf(lines);
  if (first === undefined || customer === undefined || compareDecimals(totals.gross, ZERO) === 0) {
    return refuse('receivables.nothing-to-credit', 'nothing of it is left to give back');
  }
  const { currency, rate, paymentTerms, reference } = first;
  if (invoices.some((invoice) => invoice.customer !== customer.id)) {
    return refuse('receivables.customer-differs', 'a credit note is of one customer');
  }
  if (invoices.some((invoice) => invoice.currency !== currency)) {
    return refuse('receivables.currency-differs', 'a credit note is in one currency');
  }
  return accept({
    ...totals,
    ...headerOf(draft),
    customer,
    currency,
    rate,
    paymentTerms,
    reference: draft.reference ?? reference,
    lines,
  });
}

/** One after the other: each is noted in `given` before the next is asked for. */
function* correctionsOf(
  facts: CreditFacts,
  draft: CreditNoteDraft,
  given: Given,
): Generator<Correction> {
  if (draft.invoice !== undefined) yield* wholeInvoice(facts, draft.invoice, given);
  yield* draft.corrections ?? [];
  for (const id of draft.returns ?? []) yield* correctionsOfReturn(facts, id, given);
}

/** Each line of an invoice of which something is left; one that is refused where it is not known. */
function wholeInvoice(facts: CreditFacts, id: string, given: Given): readonly Correction[] {
  const lines = facts.invoices.get(id)?.lines;
  if (lines === undefined) return [{ invoice: id, line: 1 }];
  const open = lines.filter((line) => {
    const left = leftOf(facts, { invoice: id, line }, given);
    return compareDecimals(left.net, ZERO) > 0 || compareDecimals(left.quantity, ZERO) > 0;
  });
  return open.map(({ number }) => ({ invoice: id, line: number }));
}

function isReturn({ deliveries, legalEntity }: CreditFacts, id: string): boolean {
  const delivery = deliveries.get(id);
  return (
    delivery?.kind === 'return' &&
    delivery.reversedBy === null &&
    delivery.legalEntity === legalEntity
  );
}

/** What came back and has been charged beyond what is still with the customer, newest invoice first. */
function* correctionsOfReturn(facts: CreditFacts, id: string, given: Given): Generator<Correction> {
  const delivery = facts.deliveries.get(id);
  for (const line of delivery?.lines ?? []) {
    let due = dueFor(facts, { id, line }, given);
    for (const { invoice, charged } of chargesOf(facts, line)) {
      const quantity = smallest(due, leftOf(facts, { invoice, line: charged }, given).quantity);
      if (compareDecimals(quantity, ZERO) <= 0) continue;
      due = subtractDecimals(due, quantity);
      const returned = { document: { id, number: delivery?.number ?? '' }, line: line.number };
      yield { invoice, line: charged.number, quantity, returned };
    }
  }
}

/** The invoices' lines that charge an order's line, the newest first. */
const chargesOf = ({ invoices }: CreditFacts, of: DeliveryLine) =>
  [...invoices.values()]
    .toSorted((a, b) => (a.postedOn + a.number < b.postedOn + b.number ? 1 : -1))
    .flatMap(({ id: invoice, lines }) =>
      lines
        .filter(({ order, orderLine }) => order === of.order && orderLine === of.orderLine)
        .map((charged) => ({ invoice, charged })),
    );

/** How much of a return's line is to be given back: it has come, is charged, and not credited yet. */
function dueFor(
  facts: CreditFacts,
  { id, line }: { readonly id: string; readonly line: DeliveryLine },
  { quantities }: Given,
): Decimal {
  const ordered = facts.orders
    .get(line.order)
    ?.lines.find((each) => each.number === line.orderLine);
  if (ordered === undefined) return ZERO;
  const key = keyOf(id, line.number);
  const credited = addDecimals(facts.chargedOf.get(key) ?? ZERO, quantities.get(key) ?? ZERO);
  const invoiced = subtractDecimals(
    ordered.invoiced,
    quantities.get(keyOf(line.order, line.orderLine)) ?? ZERO,
  );
  const tooMuch = subtractDecimals(invoiced, chargeableOf(ordered));
  return smallest(subtractDecimals(negateDecimal(line.quantity), credited), tooMuch);
}
