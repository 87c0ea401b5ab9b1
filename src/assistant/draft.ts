import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { Grain } from '#semantic';

import type { Member } from './member-search.ts';
import type { Period } from './period.ts';
import type { Area } from './areas.ts';
import type { Missing } from './missing.ts';

/** A number a metric is held against: 'over 2 %'. */
export type DraftLimit = {
  readonly metric?: string;
  readonly op: '>' | '>=' | '<' | '<=';
  readonly value: Decimal;
  readonly percent: boolean;
  /** 'over 30 days': time, whatever the metric. */
  readonly days: boolean;
  /** 'Orders over 10,000': of single orders, whatever is measured. */
  readonly ofOrders?: boolean;
};

/** A number that bounds the values of a dimension. */
export type DraftBound = Pick<DraftLimit, 'op' | 'value'> & { readonly dimension: string };

/** What the words of a question add up to, before defaults are filled in. */
export type Draft = {
  metrics: string[];
  by: { dimension: string; grain?: Grain }[];
  where: { member: Member; not: boolean }[];
  mentioned: { dimension: string; singular: boolean; not: boolean; at: number }[];
  periods: Period[];
  compare?: 'prior-period' | 'prior-year';
  /** A second period, named after 'vs'. */
  against?: { period: Period; relative: boolean };
  limits: DraftLimit[];
  /** Numbers that bound the values of a dimension: 'credit rating above 3'. */
  bounds: DraftBound[];
  count: number | undefined;
  /** Which end of a list by date: 'the last order'. */
  latest?: 'last' | 'first';
  /** Which way a change went. */
  way?: 'up' | 'down' | 'any';
  /** 'Over the last six quarters': the step the period is counted in. */
  step?: Grain;
  /** 'Average monthly': spread evenly over such steps. */
  per?: Grain;
  /** 'Most' and 'fewest' count; 'largest' measures. */
  many?: boolean;
  /** 'The most rejects': what a ranking goes by, when it is not what is measured first. */
  rankBy?: string;
  sorted?: 'desc' | 'asc' | 'best' | 'worst';
  /** The dimension a share is of, when the words say so: 'Proseware's share of …'. */
  shareOf?: string;
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
    | 'orders-late'
    | 'show'
    | 'supplies'
    | 'old'
    | 'worth'
    | 'overdue'
    | 'cheap'
    | 'without'
    | 'fastest'
    | 'bought'
    | 'all-time'
    | 'best'
  >;
  /** Words with no place in the question; `known` ones are words of the grammar. */
  unused: { text: string; at: number; known: boolean }[];
  /** 'Per', 'for each': a cut within which is ranked. */
  each?: boolean;
  /** 'In each month': the part is a step of time. */
  eachStep?: boolean;
  /** 'Both A and B': what has the one and the other. */
  both?: boolean;
  /** Some of them are known to ask for what no query can say: nothing to mend. */
  beyond?: boolean;
  /** Currencies asked for by name: amounts are not converted. */
  currencies: string[];
  areas: { area: Area; text: string }[];
  missing: Missing[];
  actions: string[];
  near: { text: string; member: Member }[];
  ambiguous: { text: string; at: number; length: number; members: readonly Member[] }[];
  dates: { text: string; at: number; either: readonly [LocalDate, LocalDate] }[];
};

export function emptyDraft(): Draft {
  return {
    metrics: [],
    by: [],
    where: [],
    mentioned: [],
    periods: [],
    limits: [],
    bounds: [],
    count: undefined,
    direction: undefined,
    singular: false,
    flags: new Set(),
    unused: [],
    currencies: [],
    areas: [],
    missing: [],
    actions: [],
    near: [],
    ambiguous: [],
    dates: [],
  };
}
