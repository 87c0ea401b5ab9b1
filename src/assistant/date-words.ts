import type { PeriodShape } from './period.ts';

/** Month names and their usual short forms, English and German, folded. */
export const MONTH_WORDS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    january: 1,
    jan: 1,
    januar: 1,
    jaenner: 1,
    february: 2,
    feb: 2,
    februar: 2,
    march: 3,
    mar: 3,
    maerz: 3,
    mrz: 3,
    april: 4,
    apr: 4,
    may: 5,
    mai: 5,
    june: 6,
    jun: 6,
    juni: 6,
    july: 7,
    jul: 7,
    juli: 7,
    august: 8,
    aug: 8,
    september: 9,
    sep: 9,
    sept: 9,
    october: 10,
    oct: 10,
    oktober: 10,
    okt: 10,
    november: 11,
    nov: 11,
    december: 12,
    dec: 12,
    dezember: 12,
    dez: 12,
  }),
);

/** Words for a stretch of the calendar, singular and plural. */
export const UNIT_WORDS: ReadonlyMap<string, PeriodShape> = new Map(
  Object.entries({
    day: 'day',
    days: 'day',
    tag: 'day',
    tage: 'day',
    tagen: 'day',
    tages: 'day',
    week: 'week',
    weeks: 'week',
    woche: 'week',
    wochen: 'week',
    kalenderwoche: 'week',
    month: 'month',
    months: 'month',
    monat: 'month',
    monate: 'month',
    monaten: 'month',
    monats: 'month',
    quarter: 'quarter',
    quarters: 'quarter',
    quartal: 'quarter',
    quartale: 'quarter',
    quartalen: 'quarter',
    quartals: 'quarter',
    qtr: 'quarter',
    half: 'half',
    halfyear: 'half',
    halbjahr: 'half',
    halbjahre: 'half',
    halbjahres: 'half',
    semester: 'half',
    year: 'year',
    years: 'year',
    jahr: 'year',
    jahre: 'year',
    jahren: 'year',
    jahres: 'year',
    geschaeftsjahr: 'fiscal_year',
    geschaeftsjahre: 'fiscal_year',
    geschaeftsjahres: 'fiscal_year',
    wirtschaftsjahr: 'fiscal_year',
    fy: 'fiscal_year',
    gj: 'fiscal_year',
  }),
);

const GERMAN = (stem: string): readonly string[] =>
  ['e', 'er', 'en', 'em', 'es'].map((ending) => stem + ending);

export const LAST_WORDS = new Set([
  'last',
  'previous',
  'prior',
  'preceding',
  ...GERMAN('letzt'),
  ...GERMAN('vorig'),
  ...GERMAN('vergangen'),
  ...GERMAN('vorherig'),
  ...GERMAN('vorangegangen'),
]);

export const ROLLING_WORDS = new Set([
  'last',
  'past',
  'previous',
  'prior',
  'trailing',
  'rolling',
  ...GERMAN('letzt'),
  ...GERMAN('vergangen'),
  ...GERMAN('vorig'),
]);

export const THIS_WORDS = new Set([
  'this',
  'current',
  ...GERMAN('dies'),
  ...GERMAN('aktuell'),
  ...GERMAN('laufend'),
  ...GERMAN('jetzig'),
  'diesjaehrig',
]);

export const NEXT_WORDS = new Set([
  'next',
  'coming',
  'following',
  ...GERMAN('naechst'),
  ...GERMAN('kommend'),
]);

export const FIRST_WORDS = new Set(['first', ...GERMAN('erst')]);

/** One word that names the stretch before the current one. */
export const BEFORE_NOUNS: ReadonlyMap<string, PeriodShape> = new Map(
  Object.entries({
    vorjahr: 'year',
    vorjahres: 'year',
    vormonat: 'month',
    vormonats: 'month',
    vorquartal: 'quarter',
    vorquartals: 'quarter',
    vorwoche: 'week',
  }),
);

export const TO_DATE_WORDS: ReadonlyMap<string, PeriodShape> = new Map(
  Object.entries({
    ytd: 'year',
    mtd: 'month',
    qtd: 'quarter',
    wtd: 'week',
    jahresbeginn: 'year',
    jahresanfang: 'year',
    monatsbeginn: 'month',
    monatsanfang: 'month',
    quartalsbeginn: 'quarter',
  }),
);

export const OPENERS = new Set(['from', 'between', 'von', 'vom', 'zwischen', 'ab']);
export const SINCE_WORDS = new Set(['since', 'seit', 'ab', 'starting', 'beginning']);
export const UNTIL_WORDS = new Set(['until', 'till', 'bis', 'through', 'thru', 'upto']);
export const BEFORE_WORDS = new Set(['before', 'vor']);
export const AFTER_WORDS = new Set(['after', 'nach']);
export const JOINERS = new Set([
  'and',
  'und',
  'to',
  'bis',
  'until',
  'till',
  'through',
  'thru',
  '–',
  '&',
]);
export const LIST_JOINERS = new Set(['and', 'und', '&', '+']);

/** Words that may stand between the parts of a date without meaning anything. */
export const DATE_FILLERS = new Set([
  'the',
  'of',
  'in',
  'im',
  'des',
  'der',
  'dem',
  'den',
  'das',
  'vom',
  'zum',
  'calendar',
  'year',
  'jahr',
  'jahres',
  'kalenderjahr',
  'month',
  'monat',
]);
