import { refuse } from '#erp/company';
import type { Refusal } from '#erp/company';
import { takeParts } from '#erp/company/documents';
import { subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DecidedLine } from './decide-order.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { requisitionStatusOf } from './requisition.ts';
import type { Requisition } from './requisition.ts';

/** So much of a requisition's line that an order line asks for. */
export type Claim = {
  readonly requisition: string;
  readonly line: number;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly field: string;
};

/** What of a requisition a line asks for: nothing, or one part. */
export const claimsOf = (
  { requisition, quantity, unit }: DecidedLine,
  field: string,
): readonly Claim[] =>
  requisition === undefined
    ? []
    : [{ requisition: requisition.id, line: requisition.line, quantity, unit, field }];

/** What is left of the lines of requisitions, by requisition and line. */
export const leftOf = (requisitions: ReadonlyMap<string, Requisition>): Map<string, Decimal> =>
  new Map(
    [...requisitions.values()].flatMap(({ id, lines }) =>
      lines.map(
        (line) => [`${id} ${line.number}`, subtractDecimals(line.quantity, line.ordered)] as const,
      ),
    ),
  );

/**
 * Why an order may not ask for these parts of requisitions; undefined: it may, and `left` is lowered.
 * Pure but for `left`.
 */
export function claimProblem(
  requisitions: ReadonlyMap<string, Requisition>,
  left: Map<string, Decimal>,
  claims: readonly Claim[],
  legalEntity: string,
): Refusal<PurchasingProblemCode> | undefined {
  for (const claim of claims) {
    const requisition = requisitions.get(claim.requisition);
    const line = requisition?.lines.find(({ number }) => number === claim.line);
    if (requisition?.legalEntity !== legalEntity || line === undefined) {
      const message = `there is no requisition ${claim.requisition} with a line ${claim.line}`;
      return refuse('purchasing.no-such-requisition', message, claim.field);
    }
    const status = requisitionStatusOf(requisition);
    if (requisition.decision !== 'approved' || requisition.isClosed) {
      const message = `${requisition.number} is ${status}: nothing is ordered of it`;
      return refuse('purchasing.not-in-this-state', message, claim.field);
    }
    if (line.unit !== claim.unit) {
      const message = `${requisition.number} asks for ${line.unit}, not ${claim.unit}`;
      return refuse('purchasing.bad-line', message, claim.field);
    }
  }
  const parts = claims.map(({ requisition, line, quantity }) => ({
    key: `${requisition} ${line}`,
    quantity,
  }));
  const lacking = takeParts(left, parts);
  const first = lacking === undefined ? undefined : claims[lacking];
  if (first === undefined) return undefined;
  const open = left.get(`${first.requisition} ${first.line}`) ?? '0';
  const message = `${open} ${first.unit} of the requisition are left to be ordered`;
  return refuse('purchasing.above-requisition', message, first.field);
}
