import { checkQuery, type MetricQuery } from '#semantic';

import type { Asked } from './draft.ts';
import { questionOf, type Speech } from './words.ts';

/** Three questions that lead on from one: each is checked to have an answer. */
export function followUpsOf({ query }: Asked, speech: Speech): readonly string[] {
  const asked = questionOf({ query, share: false }, speech);
  const { order: _order, limit: _limit, having: _having, compare: _compare, ...rest } = query;
  const plain: MetricQuery = { ...rest, by: [] };
  const [metric = 'spend'] = query.metrics;
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
  const candidates: readonly MetricQuery[] = [
    ...(query.by.some((cut) => cut.dimension === 'supplier') ? [] : [top('supplier')]),
    ...(query.by.some((cut) => cut.dimension === 'date') ? [] : [trend]),
    ...(query.period === undefined || query.compare !== undefined
      ? []
      : [{ ...plain, compare: 'prior-year' as const }]),
    ...(query.by.some((cut) => cut.dimension === 'item_category')
      ? []
      : [{ ...plain, by: [{ dimension: 'item_category' }] }]),
    top('ship_method'),
    { ...plain, metrics: [metric === 'spend' ? 'purchase_order_count' : 'spend'] },
    { ...plain, metrics: ['rejection_rate'], by: [{ dimension: 'supplier' }] },
    { ...plain, metrics: [metric === 'average_order_value' ? 'spend' : 'average_order_value'] },
  ];
  const questions = candidates
    .filter((each) => checkQuery(each).ok)
    .map((each) => questionOf({ query: each, share: false }, speech));
  return [...new Set(questions)].filter((question) => question !== asked).slice(0, 3);
}
