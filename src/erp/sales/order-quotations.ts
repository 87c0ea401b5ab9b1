import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { createOrders } from './create-orders.ts';
import type { SalesProblemCode } from './errors.ts';
import type { Quotation, QuotationLine } from './quotation.ts';
import { lockQuotations } from './read-quotations.ts';
import type { SalesLineDraft, SalesOrderDraft } from './sales-order.ts';

type Code = SalesProblemCode;

/** An order that is to come of an accepted quotation, or of parts of it. */
export type QuotationOrdering = {
  readonly id: string;
  readonly issuedOn: LocalDate;
  readonly requestedOn?: LocalDate;
  readonly customerReference?: string;
  readonly lines?: readonly {
    readonly line: number;
    readonly quantity?: Decimal; // Else all that is left.
    readonly promisedOn?: LocalDate;
  }[]; // Left out: every line, as far as something is left.
};

/** Writes orders from quotations, as drafts, at the prices quoted. */
export async function orderQuotations(
  tx: Handle,
  context: ErpContext,
  wishes: readonly QuotationOrdering[],
): Promise<readonly Result<{ readonly id: string; readonly number: string }, Code>[]> {
  const quotations = await lockQuotations(
    tx,
    wishes.map(({ id }) => id),
  );
  const drafts = wishes.map((wish) => draftOf(context, quotations.get(wish.id), wish));
  const good = drafts.flatMap((each) => (each.ok ? [each.value] : []));
  const created = (await createOrders(tx, context, good)).values();
  return drafts.flatMap((each) => (each.ok ? (created.next().value ?? []) : each));
}

function draftOf(
  { legalEntity }: ErpContext,
  quotation: Quotation | undefined,
  wish: QuotationOrdering,
): Result<SalesOrderDraft, Code> {
  if (quotation?.legalEntity !== legalEntity) {
    return refuse('sales.no-such-quotation', `there is no quotation ${wish.id}`, 'id');
  }
  const lines: SalesLineDraft[] = [];
  const asked = wish.lines ?? quotation.lines.map(({ number }) => ({ line: number }));
  for (const [at, { line: number, ...part }] of asked.entries()) {
    const line = quotation.lines.find((each) => each.number === number);
    if (line === undefined) {
      const message = `${quotation.number} has no line ${number}`;
      return refuse('sales.no-such-quotation', message, `lines.${at}`);
    }
    const quoted = lineOf(quotation, line, part);
    if (wish.lines !== undefined || compareDecimals(quoted.quantity, decimal('0')) > 0) {
      lines.push(quoted);
    }
  }
  const { customer, currency, paymentTerms, salesperson, channel, text } = quotation;
  return accept({
    customer,
    currency,
    paymentTerms,
    ...(salesperson === null ? {} : { salesperson }),
    ...(channel === null ? {} : { channel }),
    text,
    issuedOn: wish.issuedOn,
    ...(wish.requestedOn === undefined ? {} : { requestedOn: wish.requestedOn }),
    customerReference: wish.customerReference ?? quotation.customerReference,
    lines,
  });
}

function lineOf(
  { id }: Quotation,
  line: QuotationLine,
  part: { readonly quantity?: Decimal; readonly promisedOn?: LocalDate },
): SalesLineDraft {
  const { text, unit, unitPrice, priceBase, discountPercent, isDeliveredAgainst } = line;
  return {
    ...(line.item === null ? {} : { item: line.item }),
    text,
    unit,
    unitPrice,
    priceBase,
    discountPercent,
    isDeliveredAgainst,
    quantity: part.quantity ?? subtractDecimals(line.quantity, line.ordered),
    ...(line.taxCode === null ? {} : { taxCode: line.taxCode }),
    ...(line.warehouse === null ? {} : { warehouse: line.warehouse }),
    ...(line.costCentre === null ? {} : { costCentre: line.costCentre }),
    ...(line.project === null ? {} : { project: line.project }),
    ...(part.promisedOn === undefined ? {} : { promisedOn: part.promisedOn }),
    quotation: { id, line: line.number },
  };
}
