import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { ConfirmationRow } from './posting.ts';
import type { Component, Operation, WorkOrder } from './work-order.ts';

const HUNDRED = decimal('100');
const PLACES = 12;

/** What may be processed at an operation: what was passed on to it, with the order's tolerance. */
export function allowedAt(
  order: WorkOrder,
  operation: Pick<Operation, 'number'>,
): { readonly passed: Decimal } {
  const at = order.operations.findIndex(({ number }) => number === operation.number);
  const before = order.operations[at - 1];
  const passed = before === undefined ? order.quantity : before.good;
  return { passed: withTolerance(order, passed) };
}

/** A quantity with what an order tolerates on top. */
export const withTolerance = (
  { overPercentMax }: Pick<WorkOrder, 'overPercentMax'>,
  quantity: Decimal,
): Decimal =>
  divideDecimals(
    multiplyDecimals(quantity, addDecimals(HUNDRED, overPercentMax)),
    HUNDRED,
    PLACES,
  ) ?? quantity;

/** The order once a confirmation, or what takes one back, is posted. */
export function afterConfirmation(order: WorkOrder, row: ConfirmationRow): WorkOrder {
  const operations = order.operations.map(
    (each): Operation =>
      each.number === row.operation
        ? {
            ...each,
            good: addDecimals(each.good, row.good),
            scrap: addDecimals(each.scrap, row.scrap),
            rework: addDecimals(each.rework, row.rework),
            isFinal: row.finals === 0 ? each.isFinal : row.finals > 0,
          }
        : each,
  );
  return { ...order, operations, good: operations.at(-1)?.good ?? order.good };
}

/** The order once so much of a component is issued. */
export function afterIssue(order: WorkOrder, component: number, quantity: Decimal): WorkOrder {
  const components = order.components.map(
    (each): Component =>
      each.number === component ? { ...each, issued: addDecimals(each.issued, quantity) } : each,
  );
  return { ...order, components };
}

/** Whether all of an order's operations are done, so that nothing more will come of the last. */
export function isMade({ operations, quantity }: WorkOrder): boolean {
  let isDone = true;
  let passed = quantity;
  for (const { good, scrap, isFinal } of operations) {
    const isCaughtUp = compareDecimals(addDecimals(good, scrap), passed) >= 0;
    isDone = isFinal || (isDone && isCaughtUp);
    passed = good;
  }
  return isDone;
}
