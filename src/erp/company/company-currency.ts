import type { Handle } from '#database';
import { assert, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { ratesOn } from './exchange-rate.ts';
import { findLegalEntity } from './legal-entity.ts';

/** Company currency for one unit of a currency on a day. Undefined: there is no rate. */
export type RateOf = (currency: string, on: LocalDate) => Decimal | undefined;

/** The currency that a legal entity keeps its books in. */
export async function companyCurrencyOf(tx: Handle, legalEntity: string): Promise<CurrencyCode> {
  const entity = await findLegalEntity(tx, legalEntity);
  const currency = parseCurrency(entity?.currency ?? '');
  assert(currency !== undefined, `there is a legal entity ${legalEntity}`);
  return currency;
}

/** The rates into the company's currency that documents of these currencies and days need. */
export async function companyRates(
  tx: Handle,
  companyCurrency: CurrencyCode,
  wishes: readonly { readonly currency: string; readonly on: LocalDate }[],
): Promise<RateOf> {
  const found = await ratesOn(
    tx,
    wishes.map(({ currency, on }) => ({ from: currency, to: companyCurrency, on })),
  );
  const rates = new Map<string, Decimal>();
  for (const [at, { currency, on }] of wishes.entries()) {
    const rate = found[at]?.rate;
    if (rate !== undefined) rates.set(`${currency} ${on}`, rate);
  }
  return (currency, on) =>
    currency === companyCurrency ? decimal('1') : rates.get(`${currency} ${on}`);
}
