import type { Draft } from './draft.ts';
import type { AskCatalogue } from './lexicon.ts';
import { metricOf } from './words.ts';

/** 'What percentage shipped on time' asks for the rate itself; 'price variance' for no price. */
export function settleRatios(draft: Draft, catalogue: AskCatalogue): void {
  const first = metricOf(draft.metrics[0] ?? '', catalogue);
  if (first?.unit === 'ratio' && draft.metrics.length === 1 && !draft.flags.has('change'))
    draft.flags.delete('share');
  const rejected = ['received_quantity', 'rejected_quantity'];
  const both = rejected.every((name) => draft.metrics.includes(name));
  const alone = draft.metrics.join(' ') === 'rejected_quantity';
  const uncut = draft.by.length + draft.where.length === 0;
  if (draft.flags.has('share') && ((both && draft.metrics.length === 2) || (alone && uncut))) {
    draft.metrics = ['rejection_rate'];
    draft.flags.delete('share');
  }
  if (draft.metrics.includes('single_source_items'))
    draft.metrics = draft.metrics.filter((name) => !/^(active_|item_count)/.test(name));
  // 'Spend with the vendor that has the most rejects': the ranking goes by what comes first.
  const { rankBy } = draft;
  if (rankBy !== undefined && draft.metrics.includes(rankBy))
    draft.metrics = [rankBy, ...draft.metrics.filter((name) => name !== rankBy)];
  if (draft.metrics.includes('days_late'))
    draft.metrics = draft.metrics.filter((name) => name !== 'late_order_count');
  const named = draft.metrics.some((name) =>
    /^(purchase_price_variance|supplier_price)$/.test(name),
  );
  if (named) draft.metrics = draft.metrics.filter((name) => name !== 'average_unit_price');
}
