/** How figures and days are written for one reader. Decimal text stays exact: no float anywhere. */
export type Format = ReturnType<typeof formatFor>;

type Numeric = `${number}`;
const NUMERIC = /^-?\d+(\.\d+)?$/;
const isNumeric = (text: string): text is Numeric => NUMERIC.test(text);

const fractionDigitsOf = (text: string): number =>
  (text.split('.')[1] ?? '').replace(/0+$/, '').length;

const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits ?? 2;

const dayAt = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`);
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(text);

function decimalFormats(locale: string) {
  const cache = new Map<string, Intl.NumberFormat>();
  const formatter = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const made = cache.get(key) ?? new Intl.NumberFormat(locale, options);
    cache.set(key, made);
    return made;
  };
  const write = (text: string, options: Intl.NumberFormatOptions): string =>
    isNumeric(text) ? formatter(options).format(text) : text;
  return {
    /** Every digit the source stated, grouped. */
    decimal: (text: string): string =>
      write(text, { maximumFractionDigits: Math.min(20, fractionDigitsOf(text)) }),
    /** With so many digits after the point: for figures that stand below each other. */
    fixed: (text: string, digits: number): string =>
      write(text, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    count: (value: number | string): string => write(String(value), { maximumFractionDigits: 0 }),
    /** At most `digits` fraction digits: for figures that are quotients. */
    rounded: (text: string, digits: number): string =>
      write(text, { maximumFractionDigits: digits }),
    percent: (text: string): string =>
      write(text, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    /** At the currency's own scale: for columns of figures. */
    amount: (text: string, currency: string): string => {
      const digits = currencyDigits(currency);
      return write(text, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    },
    money: (text: string, currency: string): string =>
      write(text, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
    /** All digits the source stated and never fewer than the currency's own: for unit prices. */
    price: (text: string, currency: string): string => {
      const least = currencyDigits(currency);
      const most = Math.max(least, Math.min(20, fractionDigitsOf(text)));
      return write(text, { minimumFractionDigits: least, maximumFractionDigits: most });
    },
    compact: (text: string): string =>
      write(text, { notation: 'compact', maximumFractionDigits: 1 }),
  };
}

type TimeUnit = 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

/** In the two widest units that say something: '1 min 4 s', '15 min'. */
function durationIn(units: Readonly<Record<TimeUnit, Intl.NumberFormat>>, ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds === 0 && ms > 0) return units.millisecond.format(ms);
  const parts = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first === -1 ? 3 : first)
    .slice(0, 2)
    .filter(([value], at) => at === 0 || value > 0)
    .map(([value, unit]) => units[unit].format(value))
    .join(' ');
}

const BYTES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** In the widest unit that fits; thousands at least. */
function bytesIn(locale: string, bytes: number): string {
  const step = Math.min(BYTES.length, Math.max(1, Math.floor(Math.log10(bytes) / 3)));
  const options = { style: 'unit', unit: BYTES[step - 1], maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** step);
}

function dateFormats(locale: string) {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const month = new Intl.DateTimeFormat(locale, {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const monthName = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
  const unitFormat = (unit: TimeUnit) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' });
  const units = {
    day: unitFormat('day'),
    hour: unitFormat('hour'),
    minute: unitFormat('minute'),
    second: unitFormat('second'),
    millisecond: unitFormat('millisecond'),
  };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    /** A calendar day, the same in every time zone. */
    day: (text: string): string => (isDay(text) ? day.format(dayAt(text)) : text),
    month: (text: string): string => (isDay(text) ? month.format(dayAt(text)) : text),
    /** Without its year. */
    monthName: (text: string): string => (isDay(text) ? monthName.format(dayAt(text)) : text),
    /** An instant, in the reader's own time zone. */
    moment: (text: string): string => {
      const at = Date.parse(text);
      return Number.isNaN(at) ? text : moment.format(at);
    },
    /** An instant as the clocks of a time zone show it, with the zone. */
    momentIn: (text: string, timeZone: string): string =>
      new Intl.DateTimeFormat(locale, {
        weekday: 'short',
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
        timeZoneName: 'short',
      }).format(Date.parse(text)),
    /** How long ago, in the widest unit that fits. */
    ago: (text: string, now: number = Date.now()): string => {
      const seconds = Math.round((Date.parse(text) - now) / 1000);
      if (Number.isNaN(seconds)) return text;
      if (Math.abs(seconds) < 60) return relative.format(seconds, 'second');
      if (Math.abs(seconds) < 5400) return relative.format(Math.round(seconds / 60), 'minute');
      if (Math.abs(seconds) < 129_600) return relative.format(Math.round(seconds / 3600), 'hour');
      return relative.format(Math.round(seconds / 86_400), 'day');
    },
    /** From one instant to another, in the two widest units: '1 min 4 s'. */
    span: (from: string, to: string): string => {
      const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
      if (Number.isNaN(seconds)) return '';
      return durationIn(units, seconds * 1000);
    },
    /** A length of time, in the two widest units; below a second in milliseconds. */
    duration: (ms: number): string => durationIn(units, ms),
    country: (code: string): string => {
      try {
        return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
      } catch {
        return code; // Not an ISO 3166 code: show what the source says.
      }
    },
  };
}

/** Writers of figures and days for one locale. */
export function formatFor(locale: string) {
  const bytes = (count: number): string => bytesIn(locale, count);
  return { locale, bytes, ...decimalFormats(locale), ...dateFormats(locale) };
}
