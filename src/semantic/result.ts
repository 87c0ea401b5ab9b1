import type { Localised } from './metric.ts';
import type { Grain } from './query.ts';

/** What one column of a result holds. A date column holds the first day of its `grain`. */
export type ResultColumn = {
  readonly name: string; // The dimension, the grain, the metric, or metric_prior/_change/_percent/_share …
  readonly title: Localised;
  readonly type: 'text' | 'date' | 'money' | 'quantity' | 'count' | 'days' | 'ratio';
  readonly unit?: string; // The currency of money, the unit of a quantity.
  readonly grain?: Grain;
  readonly role: 'dimension' | 'metric' | 'comparison' | 'change' | 'share' | 'whole' | 'average';
  readonly recordKind?: 'supplier' | 'item' | 'purchase-order';
};

/**
 * The rows of an answer and how they came about. Counts are integers; money, quantities, days and
 * ratios are exact decimal text; a ratio is a fraction of one. Null: not defined.
 */
export type MetricResult = {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly recordIds?: readonly (readonly (string | null)[])[]; // Aligned with columns.
  readonly sql: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly position: string; // Where in the change log the warehouse stood.
  readonly assumptions: readonly Localised[];
};
