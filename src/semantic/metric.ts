import type { DimensionName } from './dimension.ts';

/** The same words in every language of the product. */
export type Localised = { readonly en: string; readonly de: string };

/** What is counted: orders, their lines, or the records themselves. */
export type FactName =
  | 'fact_purchase_order'
  | 'fact_purchase_order_line'
  | 'dim_supplier'
  | 'dim_item'
  | 'dim_supplier_item';

/** The day of an order that puts its number into a period. */
type DateRole = 'issued_on' | 'promised_on' | 'shipped_on';

export type Unit = 'money' | 'quantity' | 'count' | 'days' | 'ratio';

/** A table that may stand beside the fact; each joins on a unique key, so no row is multiplied. */
export type JoinName =
  | 'supplier'
  | 'item'
  | 'supplier_item'
  | 'issued'
  | 'shipped'
  | 'promised'
  | 'asked';

/** What a number means. If two teams would compute it differently, it belongs here. */
export type Metric = {
  readonly name: string;
  readonly title: Localised;
  readonly answers: Localised; // The question in a user's words, for the page and the assistant.
  readonly synonyms: { readonly en: readonly string[]; readonly de: readonly string[] };
  readonly unit: Unit;
  readonly direction: 'up' | 'down' | 'none'; // Which way is better.
  readonly overTime: 'sum' | 'last' | 'ratio' | 'distinct'; // 'last': a balance, never summed.
  readonly fact: FactName; // Hence the grain. Its rows are called `fact` in the SQL below.
  readonly dateRole?: DateRole; // Absent: no day belongs to it; it is as it is today.
  readonly numerator: string; // An SQL aggregate over `fact`.
  readonly denominator?: string; // Given: the number is a ratio of sums, null over zero.
  readonly scope: readonly string[]; // SQL conditions; the standing of the order comes on top.
  readonly standing: 'placed' | 'open' | 'any'; // Order statuses that count unless some are named.
  readonly onOneDay?: true; // What a distinct count counts has one day, so periods add up.
  readonly joins?: readonly JoinName[];
  readonly derive?: readonly Readonly<Record<string, string>>[]; // Columns over the rows in scope.
  readonly coverage?: { readonly rows: string; readonly lack: Localised }; // What a row must carry.
  readonly apart?: 'currency' | 'unit'; // What a ratio's parts should share.
  readonly by: readonly DimensionName[];
  readonly needs?: readonly DimensionName[]; // Has a meaning only when one of these is named.
  readonly owner: string;
  readonly assumptions?: readonly Localised[];
};

export const defineMetric = <const M extends Metric>(metric: M): M => metric;

/** What a metric's amounts must share to be added. Undefined: they always may be. */
export function apartBy({ unit, apart }: Metric): 'currency' | 'unit' | undefined {
  if (unit === 'money') return 'currency';
  return unit === 'quantity' ? 'unit' : apart;
}
