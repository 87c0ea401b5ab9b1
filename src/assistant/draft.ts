import type { Decimal } from '#kernel/decimal';
import type { Grain, MetricQuery } from '#semantic';

import type { Member } from './member-search.ts';
import type { Period } from './period.ts';
import type { Area } from './vocabulary.ts';

/** A number a metric is held against: 'over 2 %'. */
export type DraftLimit = {
  readonly metric?: string;
  readonly op: '>' | '>=' | '<' | '<=';
  readonly value: Decimal;
  readonly percent: boolean;
};

/** What the words of a question add up to, before defaults are filled in. */
export type Draft = {
  metrics: string[];
  by: { dimension: string; grain?: Grain }[];
  where: { member: Member; not: boolean }[];
  mentioned: { dimension: string; singular: boolean; not: boolean; at: number }[];
  periods: Period[];
  listed: Period[];
  compare?: 'prior-period' | 'prior-year';
  /** A second period, named after 'vs'. */
  against?: { period: Period; relative: boolean };
  limits: DraftLimit[];
  count: number | undefined;
  direction: 'desc' | 'asc' | 'best' | 'worst' | undefined;
  singular: boolean;
  flags: Set<
    | 'count'
    | 'units'
    | 'average'
    | 'ordered'
    | 'share'
    | 'trend'
    | 'list'
    | 'which'
    | 'top'
    | 'most'
    | 'orders'
    | 'versus'
    | 'compare'
    | 'change'
    | 'vague'
    | 'late'
    | 'all-time'
    | 'best'
  >;
  unused: { text: string; at: number }[];
  areas: { area: Area; text: string }[];
  actions: string[];
  near: { text: string; member: Member }[];
  ambiguous: { text: string; at: number; length: number; members: readonly Member[] }[];
  dates: { text: string; at: number; either: readonly [string, string] }[];
};

export function emptyDraft(): Draft {
  return {
    metrics: [],
    by: [],
    where: [],
    mentioned: [],
    periods: [],
    listed: [],
    limits: [],
    count: undefined,
    direction: undefined,
    singular: false,
    flags: new Set(),
    unused: [],
    areas: [],
    actions: [],
    near: [],
    ambiguous: [],
    dates: [],
  };
}

/** A question understood: the typed query and what the query cannot say. */
export type Asked = { readonly query: MetricQuery; readonly share: boolean };
