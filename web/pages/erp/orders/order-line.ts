import { differenceOf, isDecimal, productOf, quotientOf } from '../../../shared/exact.ts';
import type { Item } from '../forms/item-box.tsx';

/** Which way an order goes. */
export type Side = 'sales' | 'purchase';

/** A line of an order as somebody is writing it; '' is nothing yet. */
export type LineDraft = {
  readonly key: number;
  readonly item: Item | undefined;
  readonly text: string; // What it is, where it is no item.
  readonly quantity: string;
  readonly unit: string;
  readonly price: string | undefined; // Undefined: as the server proposes it.
  readonly discount: string;
  readonly taxCode: string | undefined; // Undefined: as usual.
  readonly warehouse: string | undefined;
  readonly costCentre: string;
  readonly promisedOn: string;
};

/** A price as one who writes a line is offered it. */
export type Proposal = {
  readonly unitPrice: string;
  readonly priceBase: string;
  readonly source: 'agreement' | 'supplier-item' | 'price-list' | 'list-price';
};

/** A line before anything is written into it. */
export const emptyLine = (key: number): LineDraft => ({
  key,
  item: undefined,
  text: '',
  quantity: '1',
  unit: 'C62',
  price: undefined,
  discount: '',
  taxCode: undefined,
  warehouse: undefined,
  costCentre: '',
  promisedOn: '',
});

const PLACES = 6;
const ONE = { numerator: '1', denominator: '1' } as const;
const factorOf = ({ item, unit }: Pick<LineDraft, 'item' | 'unit'>) =>
  item?.units.find((one) => one.unit === unit) ?? ONE;

/** How much of the item's own unit a line asks for; undefined while that cannot be told. */
export function baseQuantityOf(line: LineDraft): string | undefined {
  if (!isDecimal(line.quantity) || !/[1-9]/.test(line.quantity)) return undefined;
  const { numerator, denominator } = factorOf(line);
  return quotientOf(productOf(line.quantity, numerator), denominator, PLACES);
}

/** A price per base units as one per the line's units: exact, the rest is in what it is for. */
export function inUnitOf(
  line: LineDraft,
  of: { readonly price: string; readonly priceBase: string; readonly source: Proposal['source'] },
): Proposal {
  const { numerator, denominator } = factorOf(line);
  const isBase = numerator === denominator;
  return {
    unitPrice: isBase ? of.price : productOf(of.price, numerator),
    priceBase: isBase ? of.priceBase : productOf(of.priceBase, denominator),
    source: of.source,
  };
}

/** What a line comes to; undefined while one of its figures is missing. */
export function netOf(line: LineDraft, proposal: Proposal | undefined): string | undefined {
  const price = line.price ?? proposal?.unitPrice ?? '';
  const discount = line.discount === '' ? '0' : line.discount;
  if (![line.quantity, price, discount].every(isDecimal)) return undefined;
  const kept = productOf(productOf(line.quantity, price), differenceOf('100', discount) ?? '0');
  return quotientOf(kept, productOf('100', proposal?.priceBase ?? '1'), PLACES);
}
