import { openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { addDecimals, compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { DunningLevel } from './dunning-levels.ts';

/** An item that has reached its next level, or why it is left out. */
export type DunningItem = {
  readonly item: string;
  readonly customer: string;
  readonly level: number;
  readonly daysOverdue: number;
  readonly currency: string;
  readonly amount: Decimal; // Open.
  readonly leftOutBecause?: 'blocked' | 'disputed' | 'customer-blocked' | 'covered-by-credit';
};

/** What a fee was charged by: it is asked for, and costs no further fee. */
export const NOTICE_KIND = 'dunning-notice';

const ZERO = decimal('0');

/**
 * Chooses what to remind of on a day: one level further than before, never two at once. What speaks
 * against an item is told, so that nothing vanishes in silence.
 */
export function proposeDunning(
  items: readonly OpenItem[],
  of: {
    readonly on: LocalDate;
    readonly levels: readonly DunningLevel[];
    readonly isBlocked: (customer: string) => boolean;
  },
): readonly DunningItem[] {
  const credits = new Map<string, Decimal>();
  const reached: { readonly item: OpenItem; readonly level: number }[] = [];
  const due = new Map<string, Decimal>();
  for (const item of items) {
    const key = `${item.party} ${item.currency}`;
    if (item.effect === 'lowers') add(credits, key, openOf(item));
    else if (item.dueOn < of.on) add(due, key, openOf(item));
    const level = nextLevel(item, of);
    if (level !== undefined) reached.push({ item, level });
  }
  return reached.map(({ item, level }): DunningItem => {
    const { party, currency, dueOn } = item;
    const key = `${party} ${currency}`;
    const covers = compareDecimals(credits.get(key) ?? ZERO, due.get(key) ?? ZERO) >= 0;
    const against = reasonAgainst(item, of.isBlocked(party), covers);
    return {
      item: item.id,
      customer: party,
      level,
      daysOverdue: daysBetween(dueOn, of.on),
      currency,
      amount: openOf(item),
      ...(against === undefined ? {} : { leftOutBecause: against }),
    };
  });
}

function add(sums: Map<string, Decimal>, key: string, amount: Decimal): void {
  sums.set(key, addDecimals(sums.get(key) ?? ZERO, amount));
}

function nextLevel(
  item: OpenItem,
  { on, levels }: { readonly on: LocalDate; readonly levels: readonly DunningLevel[] },
): number | undefined {
  const isAsked = item.effect === 'raises' && item.documentKind !== NOTICE_KIND;
  const next = levels.find(({ level }) => level === item.dunningLevel + 1);
  if (!isAsked || next === undefined || compareDecimals(openOf(item), ZERO) <= 0) return undefined;
  const isDue = daysBetween(item.dueOn, on) >= next.daysOverdue;
  const isApart = item.dunnedOn === undefined || daysBetween(item.dunnedOn, on) >= next.daysApart;
  return isDue && isApart ? next.level : undefined;
}

function reasonAgainst(
  { blocks, dispute }: OpenItem,
  isBlocked: boolean,
  isCovered: boolean,
): DunningItem['leftOutBecause'] {
  if (blocks.length > 0) return 'blocked';
  if (dispute !== undefined) return 'disputed';
  if (isBlocked) return 'customer-blocked';
  return isCovered ? 'covered-by-credit' : undefined;
}
