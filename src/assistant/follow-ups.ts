import { checkQuery, type MetricQuery } from '#semantic';

import { metricOf, questionOf, type Speech } from './words.ts';

/** Metrics that lead on to another. */
const BESIDE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    spend: 'purchase_order_count',
    order_to_ship_days: 'agreed_lead_time',
    agreed_lead_time: 'order_to_ship_days',
    shipped_on_time_rate: 'late_order_count',
    late_order_count: 'shipped_on_time_rate',
    days_late: 'late_order_count',
    open_commitments: 'open_order_count',
    open_order_count: 'open_commitments',
    open_order_age: 'open_order_count',
    supplier_count: 'active_suppliers',
    item_count: 'active_items',
    supplier_price: 'average_unit_price',
  }),
);

/** Three questions that lead on from one: each is checked to have an answer. */
export function followUpsOf(query: MetricQuery, speech: Speech): readonly string[] {
  const asked = questionOf(query, speech);
  const { order: _order, limit: _limit, having: _having, compare: _compare, ...rest } = query;
  const { share: _share, per: _per, ...bare } = rest;
  const metrics = query.metrics.slice(0, 1);
  const [metric = 'spend'] = metrics;
  const plain: MetricQuery = { ...bare, metrics, by: [] };
  const cut = (dimension: string): boolean => query.by.some((each) => each.dimension === dimension);
  const top = (dimension: string): MetricQuery => ({
    ...plain,
    by: [{ dimension }],
    limit: 5,
    order: { by: metric, direction: 'desc' },
  });
  const trend: MetricQuery = {
    ...plain,
    by: [{ dimension: 'date', grain: 'month' }],
    order: { by: 'month', direction: 'asc' },
  };
  const beside = BESIDE.get(metric);
  const list = ['purchase_order', 'supplier', 'issued_on'].map((dimension) => ({ dimension }));
  const counted = metric === 'purchase_order_count' && query.by.length === 0;
  const candidates: readonly MetricQuery[] = [
    ...(counted ? [{ ...plain, metrics: ['spend'], by: list }] : []),
    ...(beside === undefined ? [] : [{ ...plain, metrics: [beside] }]),
    ...(cut('supplier') ? [] : [top('supplier')]),
    ...(cut('date') ? [] : [trend]),
    ...(query.period === undefined || query.compare !== undefined
      ? []
      : [{ ...plain, compare: 'prior-year' as const }]),
    ...(cut('item_category') ? [] : [{ ...plain, by: [{ dimension: 'item_category' }] }]),
    top('ship_method'),
    { ...plain, metrics: [metric === 'spend' ? 'purchase_order_count' : 'spend'] },
    { ...plain, metrics: ['rejection_rate'], by: [{ dimension: 'supplier' }] },
    { ...plain, metrics: [metric === 'average_order_value' ? 'spend' : 'average_order_value'] },
    ...ownCuts(query, speech),
  ];
  const questions = candidates
    .filter((each) => checkQuery(each).ok)
    .map((each) => questionOf(each, speech));
  return [...new Set(questions)].filter((question) => question !== asked).slice(0, 3);
}

/** For numbers of few cuts: each of their own, without the filters that only they have. */
function ownCuts(query: MetricQuery, { catalogue }: Speech): readonly MetricQuery[] {
  const [name = 'spend'] = query.metrics;
  const { asOf } = query;
  return (metricOf(name, catalogue)?.by ?? [])
    .filter((dimension) => !/^(date|.*_on|currency|unit)$/.test(dimension))
    .map((dimension) => ({ metrics: [name], by: [{ dimension }], where: [], asOf }));
}
