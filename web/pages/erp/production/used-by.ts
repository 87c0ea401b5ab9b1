import type { ReplyOf } from '#api-contract';
import { differenceOf, productOf, quotientOf, sumOf } from '../../../shared/exact.ts';

type Order = ReplyOf<'getWorkOrder'>;
type Operation = Order['operations'][number];
type Component = Order['components'][number];

const PLACES = 6;
const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** What so many more pieces at an operation use of a component, as the bill plans it. */
export function usedBy(
  { quantity }: Order,
  { good, scrap }: Operation,
  of: { readonly component: Component; readonly pieces: readonly string[] },
): string {
  const { required } = of.component;
  const before = sumOf([good, scrap]);
  const after = sumOf([before, ...of.pieces]);
  const upTo = (pieces: string): string =>
    quotientOf(productOf(required, pieces), quantity, PLACES) ?? '0';
  return bare(differenceOf(upTo(after), upTo(before)) ?? '0');
}
