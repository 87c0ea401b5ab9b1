import type { MetricQuery } from '#semantic';

import type { Locale } from './numbers.ts';
import { dayLabel } from './period.ts';

const OPEN = /^(since|until|seit|bis) /;
const DAY = /^\d{1,2}\.? \p{L}+ \d{4}$/u;

/** The period of a query as it stands in a sentence: ' in 2024', ' since 1 January 2026'. */
export function periodWords({ period }: MetricQuery, locale: Locale): string {
  if (period === undefined) return '';
  const { label } = period;
  if (OPEN.test(label)) return ` ${label}`;
  const [from, to] = label.split(' – ');
  if (from !== undefined && to !== undefined) {
    if (locale === 'en') return ` from ${from} to ${to}`;
    return ` ${DAY.test(from) ? 'vom' : 'von'} ${from} bis ${to}`;
  }
  if (locale === 'en') return DAY.test(label) ? ` on ${label}` : ` in ${label}`;
  if (DAY.test(label)) return ` am ${label}`;
  return /^(\d{4}|Q\d|KW)/.test(label) ? ` in ${label}` : ` im ${label}`;
}

/** What a query is compared with. */
export function compareWords({ compare }: MetricQuery, locale: Locale): string {
  if (compare === undefined) return '';
  const en = locale === 'en';
  if (typeof compare === 'object') {
    return en
      ? ` compared with ${compare.period.label}`
      : ` im Vergleich zu ${compare.period.label}`;
  }
  if (compare === 'prior-year')
    return en ? ' compared with the prior year' : ' im Vergleich zum Vorjahr';
  return en ? ' compared with the previous period' : ' im Vergleich zur Vorperiode';
}

/** The days behind a period's name, where the name does not say them. */
export function periodDays({ period, asOf }: MetricQuery, locale: Locale): string {
  const en = locale === 'en';
  if (period === undefined) return en ? ', all time' : ', gesamter Zeitraum';
  const { start, end, label } = period;
  const today = dayLabel(asOf, locale);
  if (/^(since|seit) /.test(label)) return en ? ` (to today, ${today})` : ` (bis heute, ${today})`;
  const running = end > asOf ? (en ? `; to today, ${today}` : `; bis heute, ${today}`) : '';
  const said = OPEN.test(label) || label.split(' – ').every((part) => DAY.test(part));
  if (said) return running === '' ? '' : ` (${running.slice(2)})`;
  return ` (${dayLabel(start, locale)} – ${dayLabel(end, locale)}${running})`;
}
