import type { ReplyOf } from '#api-contract';
import { differenceOf } from '../../../shared/exact.ts';
import { isAbove } from '../left.ts';

type Order = ReplyOf<'getWorkOrder'>;
type Operation = Order['operations'][number];

const less = (text: string, ...parts: readonly string[]): string => {
  const left = parts.reduce((sum, part) => differenceOf(sum, part) ?? '0', text);
  return isAbove(left) ? left : '0';
};

/** How many pieces the step before passed on; the first gets all that is begun with. */
function passedOnTo({ operations, quantity }: Order, { number }: Operation): string {
  const at = operations.findIndex((one) => one.number === number);
  return operations[at - 1]?.good ?? quantity;
}

/** What of an operation is still to be done: what was passed on, less what is done. */
export const leftAt = (order: Order, operation: Operation): string =>
  less(passedOnTo(order, operation), operation.good, operation.scrap);

/** What can still be sent to the supplier who does an operation. */
export const leftToShip = (order: Order, operation: Operation): string =>
  less(passedOnTo(order, operation), operation.shipped);

/** What lies at the supplier who does an operation. */
export const leftOutside = ({ shipped, good, scrap }: Operation): string =>
  less(shipped, good, scrap);
