import { Answer } from '#api-contract';
import type { Catalogue, Suggestion } from '#api-contract';
import type { Services } from '#api';
import { ask } from '#assistant';
import { dayIn, localDate } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { DIMENSIONS, memberIndex, METRICS, readQuery, runQuery } from '#semantic';
import type { MemberIndex } from '#semantic';
import type { Warehouse } from '#warehouse';

const SUGGESTIONS_MAX = 8;

/** Questions over the warehouse. Names are read anew when the warehouse has changed. */
export function questions(
  warehouse: Warehouse,
  settings: {
    readonly clock: Clock;
    readonly timeZone: string;
    readonly fiscalYearStartMonth: number;
  },
): Services['questions'] {
  const { clock, timeZone, fiscalYearStartMonth } = settings;
  let known: { readonly position: bigint; readonly members: MemberIndex } | undefined;
  async function members(): Promise<MemberIndex> {
    const position = await warehouse.position();
    if (known?.position !== position) known = { position, members: await memberIndex(warehouse) };
    return known.members;
  }
  return {
    async ask({ question, after, asOf, locale = 'en' }) {
      const answer = await ask({
        question,
        ...(after === undefined ? {} : { after: readQuery(after) }),
        locale,
        asOf: asOf === undefined ? dayIn(timeZone, clock()) : localDate(asOf),
        catalogue: { metrics: METRICS, dimensions: DIMENSIONS },
        members: await members(),
        run: (query) => runQuery(warehouse, query),
        fiscalYearStartMonth,
      });
      const columns = answer.columns.map((column) =>
        column.name.startsWith('fiscal_') ? { ...column, fiscalYearStartMonth } : column,
      );
      return Answer.parse({ ...answer, columns });
    },
    suggest: (text, locale) => Promise.resolve(suggestionsFor(text, locale)),
    catalogue: () => CATALOGUE,
  };
}

const CATALOGUE: Catalogue = {
  metrics: METRICS.map((metric) => ({
    name: metric.name,
    title: { en: metric.title.en, de: metric.title.de },
    answers: { ...metric.answers },
    synonyms: { en: [...metric.synonyms.en], de: [...metric.synonyms.de] },
    unit: metric.unit,
    direction: metric.direction,
    overTime: metric.overTime,
    by: [...metric.by],
    owner: metric.owner,
    assumptions: (metric.assumptions ?? []).map((each) => ({ ...each })),
  })),
  dimensions: DIMENSIONS.map(({ name, title, kind }) => ({
    name,
    title: { en: title.en, de: title.de },
    kind,
  })),
};

const PATTERNS = {
  en: {
    supplier: (title: string) => `${title} by supplier this year`,
    date: (title: string) => `${title} by month last year`,
  },
  de: {
    supplier: (title: string) => `${title} nach Lieferant dieses Jahr`,
    date: (title: string) => `${title} nach Monat letztes Jahr`,
  },
} as const;

/** Questions made from the catalogue that hold every word typed so far. */
function suggestionsFor(text: string, locale: 'en' | 'de'): readonly Suggestion[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const all = (['supplier', 'date'] as const).flatMap((dimension) =>
    METRICS.filter(({ by }) => by.includes(dimension)).map(({ title }) =>
      PATTERNS[locale][dimension](title[locale]),
    ),
  );
  return all
    .filter((question) => words.every((word) => question.toLowerCase().includes(word)))
    .slice(0, SUGGESTIONS_MAX)
    .map((question) => ({ question }));
}
