import type { Segment } from './segment.ts';
import { SegmentCursor } from './segment-cursor.ts';

const COUNTED = /^(purchase_order|supplier|item)$/;

/** Reads the numbers a metric is held against: 'over 2 %', 'between 10 and 20', 'more than 30 days'. */
export abstract class LimitReader extends SegmentCursor {
  protected takeLimit(op: '>' | '>=' | '<' | '<='): void {
    const place = this.limitsNumber();
    const before = this.segments[this.at - 1]?.meanings.find(
      (m) =>
        (m.kind === 'dimension' && m.name === 'purchase_order') ||
        (m.kind === 'metric' && m.name === 'purchase_order_count' && this.draft.by.length === 0),
    );
    const segment = place === undefined ? undefined : this.segments[place];
    const value = segment?.number ?? this.yearAsNumber(segment);
    if (place === undefined || value === undefined) return;
    this.at = place;
    const percent = this.has(this.segments[place + 1], 'percent');
    this.refuseOtherCount();
    if (!percent && this.boundsDimension()) {
      this.draft.bounds.push({ dimension: 'credit_rating', op, value });
      return;
    }
    this.skipUnits();
    const days = this.daysFollow();
    const ofOrders = before !== undefined;
    this.draft.limits.push({ op, value, percent, days, ofOrders, ...this.limitMetric() });
    this.link = undefined;
  }

  /** 'Rejection rate of vendors with at least 20 orders': a number of something else than is measured. */
  private refuseOtherCount(): void {
    const next = this.segments[this.at + 1];
    const { metrics } = this.draft;
    if (next === undefined || metrics.length === 0 || this.has(next, 'percent', 'money')) return;
    const counted = next.meanings.filter(
      (m) => m.kind === 'metric' || (m.kind === 'dimension' && COUNTED.test(m.name)),
    );
    if (counted.length === 0) return;
    if (counted.some((m) => m.kind === 'metric' && metrics.includes(m.name))) return;
    this.unused(next);
  }

  /** 'more than 10 orders': the metric stands behind its number; else it is the last one named. */
  private limitMetric(): { metric?: string } {
    const next = this.segments[this.at + 1];
    const behind = next?.meanings.find((m) => m.kind === 'metric');
    const last = this.draft.metrics.at(-1);
    const counted = this.countedBehind(next);
    if (counted !== undefined) {
      this.at += 1;
      this.draft.metrics.push(counted);
      return { metric: counted };
    }
    if (behind?.kind === 'metric' && this.draft.metrics.length === 0) {
      this.at += 1;
      this.draft.metrics.push(behind.name);
      return { metric: behind.name };
    }
    if (this.has(next, 'units')) this.at += 1;
    if (this.daysFollow()) this.at += 1;
    return last === undefined ? {} : { metric: last };
  }

  /** 'Items with more than two suppliers': how many of them the orders name. */
  private countedBehind(next: Segment | undefined): string | undefined {
    const { by, mentioned, metrics } = this.draft;
    const named = next?.meanings.find((m) => m.kind === 'dimension');
    if (metrics.length > 0 || named?.kind !== 'dimension') return undefined;
    const others = [...by, ...mentioned].filter(({ dimension }) => dimension !== named.name);
    if (others.length === 0) return undefined;
    if (named.name === 'supplier') return 'active_suppliers';
    return named.name === 'item' ? 'active_items' : undefined;
  }

  protected takeBetween(): void {
    const first = this.limitsNumber();
    if (first === undefined) return;
    const low = this.segments[first]?.number;
    let and = first + 1;
    while (this.has(this.segments[and], 'percent', 'money')) and += 1;
    const second = this.has(this.segments[and], 'and') ? this.limitsNumber(and + 1) : undefined;
    const high = second === undefined ? undefined : this.segments[second]?.number;
    const here = this.segments[this.at];
    if (low === undefined || high === undefined || second === undefined) {
      if (here !== undefined) this.unused(here);
      return;
    }
    this.at = second;
    if (this.boundsDimension()) {
      const dimension = 'credit_rating';
      this.draft.bounds.push(
        { dimension, op: '>=', value: low },
        { dimension, op: '<=', value: high },
      );
      return;
    }
    const percent = this.has(this.segments[second + 1], 'percent');
    this.skipUnits();
    const days = this.daysFollow();
    const metric = this.limitMetric();
    this.draft.limits.push(
      { op: '>=', value: low, percent, days, ...metric },
      { op: '<=', value: high, percent, days, ...metric },
    );
  }

  /** 'credit rating above 3': the number bounds the values of a cut, not a metric. */
  private boundsDimension(): boolean {
    return this.lastDimension === 'credit_rating';
  }

  private daysFollow(): boolean {
    const next = this.segments[this.at + 1];
    return next !== undefined && /^(days?|tagen?|tage)$/i.test(this.textOf(next));
  }
}
