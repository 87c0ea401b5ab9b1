import { useFormat, useTranslation } from '../../shared/i18n.ts';
import type { Translate } from '../../shared/translate.ts';

const SUNDAY = Date.UTC(2026, 10, 1); // Weekday 0.
const DAY_MS = 86_400_000;

const isNumber = (text: string): boolean => /^\d{1,2}$/.test(text);

const MOST = [59, 23, 31, 12, 7]; // Minute, hour, day, month, weekday.
const LEAST = [0, 0, 1, 1, 0];

const isThere = (text: string, at: number): boolean =>
  [...text.matchAll(/\d+/g)].every(([n]) => +n >= (LEAST[at] ?? 0) && +n <= (MOST[at] ?? 0));

function clock(hour: string, minute: string): string {
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** 'Mon–Fri' of '1-5', 'Mon, Wed' of '1,3'; undefined where it is neither. */
function weekdays(text: string, locale: string): string | undefined {
  if (!/^[0-7]([-,][0-7])*$/.test(text)) return undefined;
  const names = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return text
    .replace(/[0-7]/g, (day) => names.format(SUNDAY + (Number(day) % 7) * DAY_MS))
    .replaceAll(',', ', ')
    .replaceAll('-', '–');
}

/** A cron expression of five fields in words, where it is one of the common kinds. */
export function cronWords(cron: string, t: Translate, locale: string): string {
  const fields = cron.split(/\s+/);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const rest = `${day} ${month} ${weekday}`;
  if (fields.length !== 5) return t('cron.five');
  if (!fields.every((text, at) => isThere(text, at))) return t('cron.none');
  const step = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  if (step !== undefined && hour === '*' && rest === '* * *') {
    return t('cron.minutes', { count: Number(step) });
  }
  if (!isNumber(minute)) return t('cron.other');
  if (hour === '*' && rest === '* * *')
    return t('cron.hourly', { minute: minute.padStart(2, '0') });
  if (!isNumber(hour)) return t('cron.other');
  const at = clock(hour, minute);
  if (rest === '* * *') return t('cron.daily', { at });
  const days = weekdays(weekday, locale);
  if (day === '*' && month === '*' && days !== undefined) return t('cron.weekly', { days, at });
  if (isNumber(day) && month === '*' && weekday === '*') return t('cron.monthly', { day, at });
  return t('cron.other');
}

/** Says cron expressions in the reader's language. */
export function useCronWords(): (cron: string) => string {
  const { t } = useTranslation();
  const { locale } = useFormat();
  return (cron) => cronWords(cron, t, locale);
}
