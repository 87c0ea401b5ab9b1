import { refuse } from '#erp/company';
import type { Refusal } from '#erp/company';
import { takeParts } from '#erp/company/documents';
import { compareDecimals, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DecidedLine, DecidedOrder } from './decide-order.ts';
import type { SalesProblemCode } from './errors.ts';
import type { Quotation, QuotationLine } from './quotation.ts';

type Code = SalesProblemCode;

/** What is left of the lines of quotations, by quotation and line. */
export const leftOf = (quotations: ReadonlyMap<string, Quotation>): Map<string, Decimal> =>
  new Map(
    [...quotations.values()].flatMap(({ id, lines }) =>
      lines.map(
        (line) => [`${id} ${line.number}`, subtractDecimals(line.quantity, line.ordered)] as const,
      ),
    ),
  );

/**
 * Why an order may not come of these quotations; undefined: it may, at the prices quoted, and `left`
 * is lowered. Pure but for `left`.
 */
export function orderClaimProblem(
  quotations: ReadonlyMap<string, Quotation>,
  left: Map<string, Decimal>,
  order: Pick<DecidedOrder, 'customer' | 'currency' | 'lines'>,
): Refusal<Code> | undefined {
  for (const [at, line] of order.lines.entries()) {
    if (line.quotation === undefined) continue;
    const quotation = quotations.get(line.quotation.id);
    const quoted = quotation?.lines.find(({ number }) => number === line.quotation?.line);
    const field = `lines.${at}`;
    if (quotation === undefined || quoted === undefined) {
      const message = `there is no quotation ${line.quotation.id} with such a line`;
      return refuse('sales.no-such-quotation', message, field);
    }
    if (quotation.decision !== 'accepted') {
      const message = `${quotation.number} is ${quotation.decision}, not accepted`;
      return refuse('sales.not-in-this-state', message, field);
    }
    const isOther =
      quotation.customer !== order.customer ||
      quotation.currency !== order.currency ||
      !isAsQuoted(line, quoted);
    if (isOther) {
      return refuse('sales.not-as-quoted', `${quotation.number} offers it otherwise`, field);
    }
  }
  return claimProblem(left, order.lines.map(partOf));
}

/** So much of a quotation's line. */
export type QuotationPart = { readonly key: string; readonly quantity: Decimal };

/** Why so much is not left of quotations; undefined: it is, and `left` is lowered. */
export function claimProblem(
  left: Map<string, Decimal>,
  parts: readonly QuotationPart[],
): Refusal<Code> | undefined {
  const named = parts.filter(({ key }) => key !== '');
  const lacking = takeParts(left, named);
  if (lacking === undefined) return undefined;
  const field = `lines.${parts.findIndex((part) => part === named[lacking])}`;
  const open = left.get(named[lacking]?.key ?? '') ?? '0';
  return refuse('sales.above-quotation', `${open} of the quotation are left`, field);
}

const partOf = ({ quotation, quantity }: DecidedLine): QuotationPart => ({
  key: quotation === undefined ? '' : `${quotation.id} ${quotation.line}`,
  quantity,
});

const isAsQuoted = (line: DecidedLine, quoted: QuotationLine): boolean =>
  (line.item ?? null) === quoted.item &&
  line.unit === quoted.unit &&
  compareDecimals(line.unitPrice, quoted.unitPrice) === 0 &&
  compareDecimals(line.priceBase, quoted.priceBase) === 0 &&
  compareDecimals(line.discountPercent, quoted.discountPercent) === 0;
