import { busynessOn } from './branch.ts';
import type { Branch, Today } from './branch.ts';
import type { Trade } from './catalogue.ts';

/** What a month's purchases in a currency come to: minor units. */
export type Needed = { readonly currency: string; readonly amount: number };

const DAYS_OF_MONTH = 30;

/** The other currencies that a legal entity pays or is paid in, as the alphabet has them. */
export const currenciesAbroad = ({ customers, suppliers, entity }: Trade): readonly string[] =>
  [...new Set([...customers, ...suppliers].map(({ currency }) => currency))]
    .filter((currency) => currency !== entity.currency)
    .toSorted();

/** What the treasury reckons with in a month, in each other currency: nothing where none is paid. */
export function neededAbroad(branch: Branch, today: Today): readonly Needed[] {
  const { shelves, suppliers, trade } = branch;
  const perMille = busynessOn(today.index, today.on);
  const bought = new Map<string, number>();
  for (const { item, demand } of shelves.values()) {
    const source = trade.sources.get(item.number);
    const currency = suppliers.get(source?.supplier ?? '')?.currency;
    if (source === undefined || currency === undefined) continue;
    const worth = (demand * DAYS_OF_MONTH * source.price * perMille) / 1_000;
    bought.set(currency, (bought.get(currency) ?? 0) + worth);
  }
  return currenciesAbroad(trade).map((currency) => ({
    currency,
    amount: Math.floor(bought.get(currency) ?? 0),
  }));
}
