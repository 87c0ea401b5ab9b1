import type { ReplyOf } from '#api-contract';
import { differenceOf, isDecimal, productOf, sumOf } from '../../../shared/exact.ts';
import { isAbove } from '../left.ts';

/** What was taken and is not charged yet. */
export type Taken = ReplyOf<'listConsignmentWithdrawals'>['items'][number];

/** What somebody typed of it; nothing typed: all of it, as it was agreed. */
export type Typed = { readonly quantity?: string; readonly net?: string };

/** How much of it is charged. */
export const quantityOf = ({ open }: Taken, { quantity }: Typed = {}): string =>
  (quantity ?? open).trim();

/** What is charged for it: all that waits for it, or so many at the agreed price. */
export function netOf(of: Taken, typed: Typed = {}): string {
  if (typed.net !== undefined) return typed.net.trim();
  const quantity = quantityOf(of, typed);
  if (!isDecimal(quantity)) return '';
  return differenceOf(quantity, of.open) === undefined
    ? of.openValue
    : productOf(quantity, of.unitCost);
}

/** The lines of the invoice, in their order: of which some is charged. */
export const chargedOf = (
  all: readonly Taken[],
  typed: Readonly<Record<string, Typed>>,
): readonly Taken[] => all.filter((one) => isAbove(quantityOf(one, typed[one.id])));

/** What they come to; undefined while a figure is missing. */
export function sumOfNets(
  all: readonly Taken[],
  typed: Readonly<Record<string, Typed>>,
): string | undefined {
  const nets = all.map((one) => netOf(one, typed[one.id]));
  return nets.every(isDecimal) ? sumOf(nets) : undefined;
}
