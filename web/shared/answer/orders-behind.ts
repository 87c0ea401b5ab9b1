import type { Answer } from '#api-contract';
import type { Search } from '../url.ts';
import { stepRange } from './cell.ts';
import { queryOf } from './steps.ts';
import type { ReadableQuery } from './steps.ts';

/** What counts as placed: the orders these metrics are made of. */
const PLACED = 'issued,partly-received,received,closed';
const OF_PLACED_ORDERS = new Set([
  'spend',
  'purchase_order_count',
  'average_order_value',
  'gross_order_value',
  'tax',
  'freight',
  'purchase_order_line_count',
  'ordered_quantity',
  'received_quantity',
  'rejected_quantity',
  'rejection_rate',
  'average_unit_price',
]);

/** Filters of a question that the list of orders has too, by their names there. */
const SAME_FILTER: Readonly<Record<string, string>> = {
  supplier: 'supplier',
  item: 'item',
  order_status: 'status',
  order_kind: 'kind',
};
const LISTS = new Set(['status', 'kind']); // Take several values.

function filtersOf(where: ReadableQuery['where']): Record<string, string> | undefined {
  const filters: Record<string, string> = {};
  for (const { dimension, op, values } of where ?? []) {
    const name = SAME_FILTER[dimension];
    if (name === undefined || op !== 'is') return undefined;
    if (values.length !== 1 && !LISTS.has(name)) return undefined;
    filters[name] = values.join(',');
  }
  return filters;
}

type Dimension = { readonly at: number; readonly column: Answer['columns'][number] };

/** What one dimension of a row narrows the list to; undefined when the list cannot. */
function narrowed(answer: Answer, row: number, { at, column }: Dimension): Search | undefined {
  const value = answer.rows[row]?.[at];
  if (column.type === 'date' && typeof value === 'string') {
    return value === '' ? undefined : stepRange(column.name, value);
  }
  const id = answer.drill?.[row]?.[at];
  if (typeof id !== 'string') return undefined;
  if (column.recordKind === 'supplier') return { supplier: id };
  return column.recordKind === 'item' ? { item: id } : undefined;
}

const later = (a: string | undefined, b: string | undefined): string | undefined =>
  a !== undefined && (b === undefined || a > b) ? a : b;
const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a !== undefined && (b === undefined || a < b) ? a : b;

/**
 * The filters of the list of orders that show what a row's figures are made of. Undefined: the
 * list cannot show exactly that, so nothing is claimed.
 */
export function ordersBehind(answer: Answer, row: number): Search | undefined {
  const query = queryOf(answer.query);
  if (query === undefined || query.having !== undefined) return undefined;
  if (!query.metrics.every((metric) => OF_PLACED_ORDERS.has(metric))) return undefined;
  const filters = filtersOf(query.where);
  if (filters === undefined) return undefined;
  let found: Search = { status: PLACED, ...filters };
  let [from, to] = [query.period?.start, query.period?.end];
  for (const [at, column] of answer.columns.entries()) {
    if (column.role !== 'dimension') continue;
    const more = narrowed(answer, row, { at, column });
    if (more === undefined) return undefined;
    from = later(more['from'], from);
    to = earlier(more['to'], to);
    found = { ...found, ...more };
  }
  const { status, kind, supplier, item } = found;
  return { status, kind, supplier, item, from, to };
}
