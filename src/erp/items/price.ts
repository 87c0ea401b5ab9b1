import { compareDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** What one is to pay or to ask: so much for `priceBase` base units. */
export type Price = {
  readonly price: Decimal;
  readonly priceBase: Decimal;
  readonly currency: string;
  readonly source: PriceSource;
};

/** Where a price stands. The order is the order of precedence. */
export type PriceSource = {
  readonly kind: 'agreement' | 'supplier-item' | 'price-list' | 'list-price';
  readonly id: string;
  readonly line?: string;
};

/** A price that somebody set, and for what it is meant. */
export type PriceCandidate = {
  readonly source: PriceSource;
  readonly item?: string; // Neither item nor group matches nothing.
  readonly itemGroup?: string;
  readonly party?: string;
  readonly segment?: string;
  readonly minQuantity: Decimal;
  readonly price: Decimal;
  readonly priceBase: Decimal;
  readonly currency: string;
  readonly validFrom?: LocalDate;
  readonly validTo?: LocalDate;
};

/** What is asked: so many base units, on a day, for somebody. */
export type PriceAsk = {
  readonly item: string;
  readonly side: 'purchase' | 'sales';
  readonly party?: string;
  readonly segment?: string; // Of the customer.
  readonly quantity: Decimal;
  readonly on: LocalDate;
  readonly currency?: string; // Undefined: whichever.
};

const RANK = { agreement: 0, 'supplier-item': 1, 'price-list': 2, 'list-price': 3 } as const;

/**
 * The price that holds: agreement before supplier's or list price; for the party before its segment
 * before everyone; for the item before its group; then the highest tier reached, then the newest.
 */
export function findPrice(
  candidates: readonly PriceCandidate[],
  ask: PriceAsk,
  itemGroup: string | undefined,
): Price | undefined {
  let best: PriceCandidate | undefined;
  for (const candidate of candidates) {
    if (!fits(candidate, ask, itemGroup)) continue;
    if (best === undefined || order(candidate, best) < 0) best = candidate;
  }
  if (best === undefined) return undefined;
  const { price, priceBase, currency, source } = best;
  return { price, priceBase, currency, source };
}

function fits(candidate: PriceCandidate, ask: PriceAsk, itemGroup: string | undefined): boolean {
  const { item, party, segment, validFrom, validTo, currency } = candidate;
  const forIt =
    item === undefined
      ? candidate.itemGroup !== undefined && candidate.itemGroup === itemGroup
      : item === ask.item;
  return (
    forIt &&
    (party === undefined || party === ask.party) &&
    (segment === undefined || segment === ask.segment) &&
    (ask.currency === undefined || currency === ask.currency) &&
    (validFrom === undefined || validFrom <= ask.on) &&
    (validTo === undefined || validTo >= ask.on) &&
    compareDecimals(candidate.minQuantity, ask.quantity) <= 0
  );
}

function order(a: PriceCandidate, b: PriceCandidate): number {
  return (
    RANK[a.source.kind] - RANK[b.source.kind] ||
    forWhom(a) - forWhom(b) ||
    Number(a.item === undefined) - Number(b.item === undefined) ||
    compareDecimals(b.minQuantity, a.minQuantity) ||
    (b.validFrom ?? '').localeCompare(a.validFrom ?? '') ||
    a.source.id.localeCompare(b.source.id) ||
    (a.source.line ?? '').localeCompare(b.source.line ?? '')
  );
}

function forWhom({ party, segment }: PriceCandidate): number {
  if (party !== undefined) return 0;
  return segment === undefined ? 2 : 1;
}
