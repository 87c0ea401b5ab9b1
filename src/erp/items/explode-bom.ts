import { assert } from '#kernel';
import { addDecimals, decimal, divideDecimals, multiplyDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** What an item is made of, in one version. */
export type Bom = {
  readonly id: string;
  readonly item: string;
  readonly version: string;
  readonly baseQuantity: Decimal; // Base units of the item that the lines make.
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate;
  readonly lines: readonly BomLine[];
};

export type BomLine = {
  readonly line: string;
  readonly component: string;
  readonly quantity: Decimal; // In the component's base unit.
  readonly scrapPercent: Decimal; // Of what is needed, taken on top.
  readonly operation?: string;
};

const PLACES = 6;
const HUNDRED = decimal('100');

/** What one bill needs for so many base units of its item, to six places. */
export function requirementsOf(
  bom: Bom,
  quantity: Decimal,
): readonly (BomLine & { readonly required: Decimal })[] {
  return bom.lines.map((line) => {
    const withScrap = addDecimals(HUNDRED, line.scrapPercent);
    const over = multiplyDecimals(multiplyDecimals(quantity, line.quantity), withScrap);
    const required = divideDecimals(over, multiplyDecimals(bom.baseQuantity, HUNDRED), PLACES);
    assert(required !== undefined, 'a bill makes something');
    return { ...line, required };
  });
}

/**
 * Everything needed, down through all levels: how much of each component, made ones included.
 * `bomOf` answers undefined for what is not made.
 */
export function explodeBom(
  bomOf: (item: string) => Bom | undefined,
  item: string,
  quantity: Decimal,
): ReadonlyMap<string, Decimal> {
  const needed = new Map<string, Decimal>();
  const above: string[] = [];
  function add(made: string, wanted: Decimal): void {
    assert(!above.includes(made), `${made} is made of itself`);
    const bom = bomOf(made);
    if (bom === undefined) return;
    above.push(made);
    for (const { component, required } of requirementsOf(bom, wanted)) {
      needed.set(component, addDecimals(needed.get(component) ?? decimal('0'), required));
      add(component, required);
    }
    above.pop();
  }
  add(item, quantity);
  return needed;
}

/** The version of an item's bill that holds on a day: the one that began last. */
export function bomOn(boms: readonly Bom[], on: LocalDate): Bom | undefined {
  return boms
    .filter(({ validFrom, validTo }) => validFrom <= on && (validTo === undefined || validTo >= on))
    .toSorted((a, b) => b.validFrom.localeCompare(a.validFrom) || b.id.localeCompare(a.id))[0];
}

/** The items that would be made of themselves if these edges were added; empty: none. */
export function findCycle(
  partsOf: ReadonlyMap<string, ReadonlySet<string>>,
  item: string,
  components: readonly string[],
): string | undefined {
  const seen = new Set<string>();
  const open = [...components];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === item) return item;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(partsOf.get(next) ?? []));
  }
  return undefined;
}
