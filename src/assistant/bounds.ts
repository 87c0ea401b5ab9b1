import { compareDecimals, decimal } from '#kernel/decimal';

import type { Draft, DraftBound } from './draft.ts';
import type { Member } from './member-search.ts';
import type { Shape } from './record-shape.ts';

/** 'Credit rating above 3': filters by the ratings on file that are. False: none of them is. */
export function settleBounds(draft: Draft, members: readonly Member[]): boolean {
  const [first] = draft.bounds;
  if (first === undefined) return true;
  const bounded = members.filter(
    (member) =>
      member.dimension === first.dimension && draft.bounds.every((bound) => within(member, bound)),
  );
  draft.where.push(...bounded.map((member) => ({ member, not: false })));
  draft.by = draft.by.filter((each) => each.dimension !== first.dimension);
  return bounded.length > 0;
}

/** Whether a value that is a number is within a bound. */
function within({ value }: Member, bound: DraftBound): boolean {
  if (!/^\d+$/.test(value)) return false;
  const than = compareDecimals(decimal(value), bound.value);
  if (than === 0) return bound.op.endsWith('=');
  return bound.op.startsWith('>') === than > 0;
}

type Said = { readonly en: string; readonly de: string };

const OF_ORDERS: Said = {
  en: 'What single orders must be worth cannot be combined with that.',
  de: 'Was einzelne Bestellungen wert sein müssen, lässt sich damit nicht verbinden.',
};
const LOOSE: Said = {
  en: 'A threshold needs something to split by.',
  de: 'Ein Schwellenwert braucht etwas, wonach aufgeteilt wird.',
};
const WITHIN: Said = {
  en: 'I rank over the whole, not within each part.',
  de: 'Ich ordne über das Ganze, nicht innerhalb jedes Teils.',
};

const FIRST: Said = {
  en: 'First and last are of orders: “the last 10 orders”.',
  de: 'Erste und letzte sind Bestellungen: „die letzten 10 Bestellungen“.',
};

const NONE: Said = {
  en: 'What has none of it I find among suppliers or items: “suppliers without orders in 2025”.',
  de: 'Was nichts davon hat, finde ich unter Lieferanten oder Artikeln: „Lieferanten ohne Bestellungen 2025“.',
};
const BOTH: Said = {
  en: 'Who supplies one of several I find, not who supplies all of them: ask for one.',
  de: 'Wer eines von mehreren liefert, finde ich, nicht, wer alle liefert: Fragen Sie nach einem.',
};
const DIVIDED: Said = {
  en: 'I do not divide one measure by another.',
  de: 'Ich teile keine Kennzahl durch eine andere.',
};

const ORDER_CUTS = /^(purchase_order|supplier|issued_on)$/;
const ORDER_METRICS = /^(purchase_order_count|spend|open_\w+|average_order_value)?$/;

/** What no query can say: thresholds with nothing to pick among, rankings within parts. */
export function unsayable(draft: Draft, shape: Shape | undefined): Said | undefined {
  const { by, flags, limits } = draft;
  const shaped = shape !== undefined;
  if (flags.has('without') && shape?.none === undefined) return NONE;
  if (draft.both === true && shaped && draft.where.length > 1) return BOTH;
  if (flags.has('share') && draft.metrics.length > 1 && !shaped) return DIVIDED;
  const kinds = by.filter(({ grain }) => grain === undefined);
  const ranking = flags.has('top') || flags.has('most');
  const parts = draft.eachStep === true ? by.length : kinds.length;
  if (draft.each === true && ranking && parts > 1 && !shaped) return WITHIN;
  if (draft.latest !== undefined && !shaped) return FIRST;
  const own = by.every(({ dimension }) => ORDER_CUTS.test(dimension));
  const listed = by.length === 0 || by.some(({ dimension }) => dimension === 'purchase_order');
  const measured = ORDER_METRICS.test(draft.metrics.join(' '));
  if (limits.some((limit) => limit.ofOrders === true) && !(own && listed && measured))
    return OF_ORDERS;
  const split = by.length > 0 || flags.has('trend');
  return limits.length > 0 && !split && !countsOrders(draft) ? LOOSE : undefined;
}

const countsOrders = ({ metrics }: Draft): boolean =>
  /^(purchase_order_count|spend)$/.test(metrics.join(' '));

/** 'How many orders were over 50,000?': takes the orders one by one, by their value. */
export function listsOrders(draft: Draft): boolean {
  const { limits, by, flags } = draft;
  if (limits.length === 0 || by.length > 0 || flags.has('trend')) return false;
  draft.metrics = ['spend'];
  draft.limits = limits.map((limit) => ({ ...limit, metric: 'spend' }));
  draft.by = [{ dimension: 'purchase_order' }];
  return true;
}

/** A currency that was asked for and that nothing on file is in. */
export function otherCurrency(draft: Draft, members: readonly Member[]): string | undefined {
  const known = members.filter(({ dimension }) => dimension === 'currency');
  return draft.currencies.find((code) => !known.some(({ value }) => value === code));
}
