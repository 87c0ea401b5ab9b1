import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { COST_PLACES, hoursCost, plannedOperationCost } from './freeze-order.ts';
import type { CostLine, VarianceKind } from './posting.ts';
import type { Component, Operation, WorkOrder } from './work-order.ts';

const ZERO = decimal('0');

/**
 * Why an order cost other than what its products went into stock at: the lines that settle its work
 * in progress. Price: what materials and suppliers cost otherwise than planned. Usage: more or less
 * material than planned for the pieces that were begun. Time: hours otherwise than planned for them.
 * Scrap: what pieces were planned to cost up to where they were lost. Other: all else, as set-up
 * spread over another number of pieces, a standard cost that differs from the plan, by-products.
 */
export function splitVariance(order: WorkOrder, scale: number): readonly CostLine[] {
  const parts: readonly (readonly [VarianceKind, Decimal])[] = [
    ['price-variance', priceOf(order)],
    ['usage-variance', usageOf(order)],
    ['time-variance', timeOf(order)],
    ['scrap-variance', scrapOf(order)],
  ];
  const rounded = parts.map(([kind, amount]) => [kind, roundDecimal(amount, scale)] as const);
  const known = sumDecimals(rounded.map(([, amount]) => amount));
  const other = subtractDecimals(order.wip, known);
  return [...rounded, ['other-variance', other] as const]
    .filter(([, amount]) => compareDecimals(amount, ZERO) !== 0)
    .map(([kind, amount]) => ({
      kind,
      operation: null,
      amount: negateDecimal(amount),
      costCentre: null,
    }));
}

const processed = ({ good, scrap }: Operation): Decimal => addDecimals(good, scrap);

function priceOf({ components, operations }: WorkOrder): Decimal {
  return sumDecimals([
    ...components.map(({ issued, issuedValue, unitCost }) =>
      subtractDecimals(issuedValue, multiplyDecimals(issued, unitCost)),
    ),
    ...operations.map(({ unitPrice, cost, good }) =>
      unitPrice === null ? ZERO : subtractDecimals(cost, multiplyDecimals(unitPrice, good)),
    ),
  ]);
}

function usageOf(order: WorkOrder): Decimal {
  const begun = new Map(order.operations.map((each) => [each.number, processed(each)]));
  return sumDecimals(
    order.components.map(({ operation, required, issued, unitCost }) => {
      const pieces = begun.get(operation) ?? ZERO;
      const planned = perPiece(multiplyDecimals(required, pieces), order.quantity);
      return multiplyDecimals(subtractDecimals(issued, planned), unitCost);
    }),
  );
}

function timeOf({ operations }: WorkOrder): Decimal {
  return sumDecimals(
    operations
      .filter(({ kind }) => kind === 'inside')
      .map((each) => {
        const pieces = processed(each);
        const isBegun = compareDecimals(pieces, ZERO) > 0;
        return subtractDecimals(each.cost, isBegun ? plannedOperationCost(each, pieces) : ZERO);
      }),
  );
}

/** What pieces were planned to cost, set-up aside, up to and with the operation they were lost at. */
function scrapOf(order: WorkOrder): Decimal {
  let reached = ZERO; // Of one piece.
  let lost = ZERO;
  for (const operation of order.operations) {
    const materials = order.components
      .filter((each) => each.operation === operation.number)
      .map((each) => materialCost(each, order.quantity));
    reached = sumDecimals([reached, ...materials, runCost(operation)]);
    lost = addDecimals(lost, multiplyDecimals(operation.scrap, reached));
    // A supplier is paid for good pieces.
    reached = addDecimals(reached, operation.unitPrice ?? ZERO);
  }
  return lost;
}

const materialCost = ({ required, unitCost }: Component, quantity: Decimal): Decimal =>
  perPiece(multiplyDecimals(required, unitCost), quantity);

function runCost({ runSeconds, baseQuantity, machineRate, labourRate }: Operation): Decimal {
  return hoursCost(perPiece(runSeconds, baseQuantity), addDecimals(machineRate, labourRate));
}

const perPiece = (whole: Decimal, pieces: Decimal): Decimal =>
  divideDecimals(whole, pieces, COST_PLACES) ?? ZERO;
