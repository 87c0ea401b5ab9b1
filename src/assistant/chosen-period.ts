import { addDays, addMonths, daysBetween, type LocalDate, partsOf } from '#kernel/time';
import type { MetricQuery } from '#semantic';

import type { Draft } from './draft.ts';
import {
  cutAt,
  type Period,
  periodAround,
  periodLabel,
  rangePeriod,
  yearPeriod,
} from './period.ts';
import type { Locale } from './numbers.ts';

/** The days a question is about, what they are compared with, and what was assumed. */
export type ChosenPeriod = {
  readonly period?: Period;
  readonly compare?: MetricQuery['compare'];
  /** Steps to show instead: 'compare 2023, 2024 and 2025'. */
  readonly steps?: 'year' | 'quarter' | 'month';
  readonly notes: readonly { readonly en: string; readonly de: string }[];
};

/** Settles which period is asked for and with which it is compared. */
export function choosePeriod(draft: Draft, asOf: LocalDate, locale: Locale): ChosenPeriod {
  const { flags } = draft;
  const comparing = flags.has('compare') || flags.has('versus') || flags.has('change');
  const dated = draft.by.some((cut) => cut.dimension === 'date');
  const [first, second, third] = draft.periods;
  const against = draft.against ?? (second === undefined ? undefined : named(second));
  if (third !== undefined || (second?.parts !== undefined && draft.against === undefined))
    return stepsOf(draft.periods);
  if (against === undefined) {
    if (first?.parts !== undefined && comparing && !dated && draft.compare === undefined)
      return twoPeriods(first.parts[0], first.parts[1], { asOf, locale });
    return alone(draft, first, { asOf, dated });
  }
  const grain = draft.by.find((cut) => cut.dimension === 'date')?.grain;
  if (against.relative && first !== undefined && grain === against.period.shape)
    return { period: first, compare: 'prior-period', notes: [] };
  if (against.relative) return relativeTo(first, { asOf, locale, against: against.period });
  const current = cutAt(periodAround(asOf, against.period.shape, 1), asOf);
  return twoPeriods(first ?? current, against.period, { asOf, locale });
}

const named = (period: Period): NonNullable<Draft['against']> => ({ period, relative: false });

type How = { readonly asOf: LocalDate; readonly locale: Locale };

/** The later of two periods is what is asked for; a running one is compared like with like. */
function twoPeriods(a: Period, b: Period, { asOf, locale }: How): ChosenPeriod {
  const [later, earlier] = a.start >= b.start ? [a, b] : [b, a];
  const alike = later.shape === earlier.shape && later.shape !== 'range';
  const now = alike ? cutAt(later, asOf) : later;
  const running = alike && (now.toDate || later.toDate);
  const days = daysBetween(now.start, now.end);
  const apart = wholeMonths(earlier.start, now.start);
  const until = apart === undefined ? addDays(earlier.start, days) : addMonths(now.end, -apart);
  const then = running && until < earlier.end ? rangePeriod(earlier.start, until) : earlier;
  const notes = running
    ? [
        {
          en: `${periodLabel({ ...later, toDate: false }, 'en')} is still running, so as many days of ${periodLabel(earlier, 'en')} are compared.`,
          de: `${periodLabel({ ...later, toDate: false }, 'de')} läuft noch; verglichen wird mit ebenso vielen Tagen von ${periodLabel(earlier, 'de')}.`,
        },
      ]
    : unlikeLong(now, then);
  return { period: now, compare: { period: queryPeriod(then, locale) }, notes };
}

/** Months between two days of the same number. */
function wholeMonths(from: LocalDate, to: LocalDate): number | undefined {
  const [year, month, day] = partsOf(from);
  const [toYear, toMonth, toDay] = partsOf(to);
  return day === toDay ? (toYear - year) * 12 + toMonth - month : undefined;
}

function unlikeLong(a: Period, b: Period): ChosenPeriod['notes'] {
  const [days, others] = [daysBetween(a.start, a.end) + 1, daysBetween(b.start, b.end) + 1];
  if (Math.abs(days - others) <= 3) return [];
  return [
    {
      en: `The two periods differ in length: ${days} and ${others} days.`,
      de: `Die beiden Zeiträume sind verschieden lang: ${days} und ${others} Tage.`,
    },
  ];
}

/** 'Compare 2023, 2024 and 2025': one stretch in steps. */
function stepsOf(periods: readonly Period[]): ChosenPeriod {
  const start = periods.map((each) => each.start).toSorted()[0];
  const end = periods
    .map((each) => each.end)
    .toSorted()
    .at(-1);
  const shape = periods[0]?.shape;
  const steps = shape === 'quarter' || shape === 'month' ? shape : 'year';
  if (start === undefined || end === undefined) return { notes: [] };
  return { period: { start, end, shape: 'range', toDate: false }, steps, notes: [] };
}

function relativeTo(
  first: Period | undefined,
  { asOf, locale, against }: How & { readonly against: Period },
): ChosenPeriod {
  const { shape } = against;
  if (first === undefined) {
    const compare = shape === 'year' ? 'prior-year' : 'prior-period';
    return { period: cutAt(periodAround(asOf, shape, 1), asOf), compare, notes: [] };
  }
  if (shape === 'year') return { period: first, compare: 'prior-year', notes: [] };
  if (shape === first.shape) return { period: first, compare: 'prior-period', notes: [] };
  return twoPeriods(first, against, { asOf, locale });
}

function alone(
  draft: Draft,
  period: Period | undefined,
  { asOf, dated }: { readonly asOf: LocalDate; readonly dated: boolean },
): ChosenPeriod {
  const { flags, compare } = draft;
  const stretch = period?.shape === 'range' && (flags.has('compare') || flags.has('versus'));
  if (stretch && compare === undefined && !dated) {
    const long = daysBetween(period.start, period.end) > 366;
    return { period, steps: long ? 'year' : 'quarter', notes: [] };
  }
  if (flags.has('change') && period?.open === 'since' && compare === undefined && !dated) {
    const long = daysBetween(period.start, period.end) > 800;
    return { period, steps: long ? 'year' : 'quarter', notes: [] };
  }
  const changed = flags.has('change') && !flags.has('trend') && compare === undefined && !dated;
  const assumed = changed ? ('prior-year' as const) : compare;
  const notes = changed
    ? [{ en: 'Compared with the prior year.', de: 'Verglichen mit dem Vorjahr.' }]
    : [];
  if (assumed === undefined) return { ...(period === undefined ? {} : { period }), notes };
  if (period === undefined && dated) return { compare: assumed, notes };
  const year = yearPeriod(Number(asOf.slice(0, 4)));
  const whole = period ?? year;
  const now = whole.start <= asOf ? cutAt(whole, asOf) : whole;
  return { period: now, compare: assumed, notes };
}

/** A period as a query carries it. */
export function queryPeriod(
  period: Period,
  locale: Locale,
): { start: LocalDate; end: LocalDate; label: string } {
  return { start: period.start, end: period.end, label: periodLabel(period, locale) };
}
