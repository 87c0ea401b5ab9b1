import { discountOn, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';

/** What a payment run is to pay. */
export type RunCriteria = {
  readonly payOn: LocalDate;
  readonly nextRunOn: LocalDate; // What is due before then has to be paid now.
  readonly bankAccount: string;
  readonly currency: string;
  readonly suppliers?: readonly string[]; // Left out: all.
};

/** One item of a run, or why it is left out. */
export type RunItem = {
  readonly item: string;
  readonly supplier: string;
  readonly amount: Decimal;
  readonly discount: Decimal;
  readonly leftOutBecause?: 'blocked' | 'disputed' | 'no-payee-account' | 'supplier-blocked';
};

const ZERO = decimal('0');

/**
 * Chooses what to pay: what is due before the next run, and what earns a discount that the next run
 * would be too late for. What speaks against an item is told, so that nothing vanishes in silence.
 */
export function proposePayments(
  items: readonly OpenItem[],
  criteria: RunCriteria,
  suppliers: {
    readonly isBlocked: (supplier: string) => boolean;
    readonly hasAccount: (supplier: string) => boolean;
  },
): readonly RunItem[] {
  return items.flatMap((item): readonly RunItem[] => {
    if (item.effect !== 'raises' || item.currency !== criteria.currency) return [];
    if (criteria.suppliers?.includes(item.party) === false) return [];
    const open = openOf(item);
    if (compareDecimals(open, ZERO) <= 0) return [];
    const discount = discountOn(item, criteria.payOn);
    const later = discountOn(item, criteria.nextRunOn);
    const earns = compareDecimals(discount, later) > 0;
    if (item.dueOn >= criteria.nextRunOn && !earns) return [];
    const amount = subtractDecimals(open, discount);
    const chosen = { item: item.id, supplier: item.party, amount, discount };
    const against = reasonAgainst(item, suppliers);
    return [against === undefined ? chosen : { ...chosen, leftOutBecause: against }];
  });
}

function reasonAgainst(
  { blocks, dispute, party }: OpenItem,
  suppliers: {
    readonly isBlocked: (supplier: string) => boolean;
    readonly hasAccount: (supplier: string) => boolean;
  },
): RunItem['leftOutBecause'] {
  if (blocks.length > 0) return 'blocked';
  if (dispute !== undefined) return 'disputed';
  if (suppliers.isBlocked(party)) return 'supplier-blocked';
  return suppliers.hasAccount(party) ? undefined : 'no-payee-account';
}
