import { discountOn, findOpenItems, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { currencyScale } from '#kernel';
import {
  compareDecimals,
  decimal,
  decimalOf,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { documentOf } from './desk.ts';
import type { Desk } from './desk.ts';

/** An open item, and what of it is open after the payments of this call that came before. */
export type Balance = { readonly item: OpenItem; open: Decimal };

const TEXT_MAX = 140; // Of what a transfer says (SEPA, remittance information).
const ZERO = decimal('0');

/** What is open of documents, by open item. */
export async function openBalances(
  desk: Desk,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Balance>> {
  const ids = keys.flatMap((key) => documentOf(desk, key)?.item ?? []);
  if (ids.length === 0) return new Map();
  const items = await findOpenItems(desk.tx, [...new Set(ids)]);
  return new Map([...items].map(([id, item]) => [id, { item, open: openOf(item) }]));
}

/** So much of what is open is settled; nothing when nothing is. It changes the balance. */
export function settle(
  balance: Balance,
  of: { readonly on: LocalDate; readonly perMille: number; readonly takesDiscount: boolean },
): { readonly item: string; readonly amount: Decimal; readonly discount: Decimal } | undefined {
  const { item, open } = balance;
  if (compareDecimals(open, ZERO) <= 0) return undefined;
  const part = multiplyDecimals(open, decimalOf(BigInt(of.perMille), 3));
  const settled = of.perMille === 1_000 ? open : roundDecimal(part, currencyScale(item.currency));
  const discount = of.takesDiscount ? discountOn(item, of.on, settled) : ZERO;
  balance.open = subtractDecimals(open, settled);
  return { item: item.id, amount: subtractDecimals(settled, discount), discount };
}

/** Numbers of documents as a transfer names them: as many as there is room for. */
export const inOneText = (numbers: readonly string[]): string =>
  numbers.reduce((text, number) => {
    const longer = text === '' ? number : `${text}, ${number}`;
    return longer.length > TEXT_MAX ? text : longer;
  }, '');
