import { discountOn, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import {
  compareDecimals,
  decimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { BookedHere } from './booked-here.ts';

/** What lines may be about, all in one account's currency, as it is looked for. */
export type Candidates = {
  readonly itemsByAmount: ReadonlyMap<string, readonly OpenItem[]>; // Open, or less a discount.
  readonly itemsByNumber: ReadonlyMap<string, readonly OpenItem[]>;
  readonly numberLengths: readonly number[];
  readonly bookedByAmount: ReadonlyMap<string, readonly BookedHere[]>;
  readonly collectiveByAmount: ReadonlyMap<string, readonly (readonly BookedHere[])[]>; // Of a day.
  readonly holders: ReadonlyMap<string, readonly string[]>; // Parties by IBAN.
};

const NUMBER_LENGTH_MIN = 5; // Shorter ones stand in any text.
const ZERO = decimal('0');

/** Makes ready what lines may be about. Amounts are keys without trailing zeros. */
export function indexCandidates(of: {
  readonly items: readonly OpenItem[];
  readonly booked: readonly BookedHere[]; // On the clearing account, not ticked off.
  readonly holders: Candidates['holders'];
}): Candidates {
  const itemsByAmount = new Map<string, OpenItem[]>();
  for (const item of of.items) {
    for (const key of new Set(amountsOf(item))) {
      const held = itemsByAmount.get(key);
      if (held === undefined) itemsByAmount.set(key, [item]);
      else held.push(item);
    }
  }
  const itemsByNumber = Map.groupBy(of.items, ({ documentNumber }) => plain(documentNumber));
  const lengths = new Set([...itemsByNumber.keys()].map(({ length }) => length));
  const days = Map.groupBy(of.booked, ({ postedOn, amount }) => {
    return `${postedOn} ${compareDecimals(amount, ZERO)}`;
  });
  const groups = [...days.values()].filter((group) => group.length > 1);
  return {
    itemsByAmount,
    itemsByNumber,
    numberLengths: [...lengths].filter((length) => length >= NUMBER_LENGTH_MIN),
    bookedByAmount: Map.groupBy(of.booked, ({ amount }) => trimDecimal(amount)),
    collectiveByAmount: Map.groupBy(groups, (group) =>
      trimDecimal(sumDecimals(group.map(({ amount }) => amount))),
    ),
    holders: of.holders,
  };
}

/** What may be paid for an item: all that is open, or that less one of its discounts. */
function amountsOf(item: OpenItem): readonly string[] {
  const open = openOf(item);
  const days: readonly LocalDate[] = item.discounts.map(({ until }) => until);
  return [open, ...days.map((day) => subtractDecimals(open, discountOn(item, day)))].map(
    trimDecimal,
  );
}

/** The items whose numbers stand in a text, which is `plain`. */
export function namedIn(said: string, candidates: Candidates): readonly OpenItem[] {
  const found = new Set<OpenItem>();
  for (const length of candidates.numberLengths) {
    for (let at = 0; at + length <= said.length; at += 1) {
      const items = candidates.itemsByNumber.get(said.slice(at, at + length));
      if (items === undefined || isDigit(said.charAt(at + length))) continue;
      for (const item of items) found.add(item);
    }
  }
  return [...found];
}

/** Whether a number stands in a text, which is `plain`, and does not go on with another digit. */
export function names(said: string, number: string): boolean {
  const key = plain(number);
  if (key.length < NUMBER_LENGTH_MIN) return false;
  for (let at = said.indexOf(key); at !== -1; at = said.indexOf(key, at + 1)) {
    if (!isDigit(said.charAt(at + key.length))) return true;
  }
  return false;
}

/** Capitals and digits alone: banks wrap, blank and change case. */
export const plain = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

const isDigit = (character: string): boolean => /^[0-9]$/.test(character);
