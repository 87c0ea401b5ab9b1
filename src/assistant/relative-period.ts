import { addDays, addMonths, daysBetween, type LocalDate } from '#kernel/time';

import { cutAt, type Period, periodAround, type PeriodShape, SHAPE_MONTHS } from './period.ts';
import { rangePeriod } from './period.ts';

type Unit = 'year' | 'half' | 'quarter' | 'month' | 'week' | 'own';

/** 'The year before', 'two months later': how far from the period before. */
export type Shift = { readonly unit: Unit; readonly steps: number };

/** What was found, and the words around it. */
type FoundShift = { readonly shift: Shift; readonly before: string; readonly after: string };

const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:half[- ]year|halbjahr)/, 'half'],
  [/year|jahr/, 'year'],
  [/quart/, 'quarter'],
  [/month|monat/, 'month'],
  [/week|woche/, 'week'],
];

const COUNTS: ReadonlyMap<string, number> = new Map(
  Object.entries({ two: 2, three: 3, four: 4, five: 5, zwei: 2, drei: 3, vier: 4, fünf: 5 }),
);

const COUNT = String.raw`(?:(\d{1,2}|one|a|two|three|four|five|ein(?:e[nms]?)?|zwei|drei|vier|fünf) )?`;
const EN_UNIT = String.raw`(half[- ]years?|years?|quarters?|months?|weeks?|periods?)`;
const DE_UNIT = String.raw`(halbjahr\w*|jahr\w*|quartal\w*|monat\w*|wochen?|zeitr\w+|periode\w*)`;
const BACK =
  /before|earlier|prior|previous|preceding|davor|zuvor|vorher|früher|vorig|vorangegangen|^vor/;

/** Each names a unit, and whether it goes back or on. The first group may be a number. */
const PHRASES: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:in |of |for |to |with )?(?:the )?same (?:period|time|quarter|month)s? (?:of |in |for )?(?:the |a )?()(previous|prior|preceding|last) (year)\b`,
  ),
  new RegExp(
    String.raw`\b(?:in |of |for )?(?:the )?${COUNT}${EN_UNIT} (before|earlier|prior|after|later)(?: that| this| it)?\b`,
  ),
  new RegExp(
    String.raw`\b(?:in |of |for )?the (?:()(previous|prior|preceding|following|next|subsequent)) ${EN_UNIT}\b`,
  ),
  new RegExp(
    String.raw`\b(?:in |of |for )?()(previous|prior|preceding|following|subsequent) ${EN_UNIT}\b`,
  ),
  new RegExp(
    String.raw`(?:im |in )?(?:selben|gleichen) (?:zeitraum|quartal|monat) (?:im |des )?()(vor)(jahre?s?)`,
  ),
  new RegExp(
    String.raw`(?:im |in |das |dem |des |die |der |den )*${COUNT}${DE_UNIT} (davor|zuvor|vorher|früher|danach|darauf|später|nachher)`,
  ),
  new RegExp(
    String.raw`(?:im |in |das |dem |des |die |der |den |vom )*()(vorherig\w*|vorig\w*|vorangegangen\w*|vorhergehend\w*|darauffolgend\w*|folgend\w*) ${DE_UNIT}`,
  ),
  new RegExp(
    String.raw`(?:im |in |das |dem |des |die |der |den |vom )*()\b(vor|folge)(halbjahr\w*|jahr\w*|quartal\w*|monat\w*|woche\w*|periode|zeitraum\w*)`,
  ),
];

/** Finds where words point from the period of the question before. */
export function findShift(text: string): FoundShift | undefined {
  for (const phrase of PHRASES) {
    const found = phrase.exec(text);
    if (found === null) continue;
    const [whole, count = '', one = '', other = ''] = found;
    const [unitWord, way] =
      UNITS.some(([pattern]) => pattern.test(one)) || /^peri|^zeitr/.test(one)
        ? [one, other]
        : [other, one];
    const unit = UNITS.find(([pattern]) => pattern.test(unitWord))?.[1] ?? 'own';
    const steps = Number(count) || (COUNTS.get(count) ?? 1);
    const back = BACK.test(way) || way === 'last';
    return {
      shift: { unit, steps: back ? -steps : steps },
      before: text.slice(0, found.index),
      after: text.slice(found.index + whole.length),
    };
  }
  return undefined;
}

const SHAPES: readonly PeriodShape[] = ['year', 'half', 'quarter', 'month', 'week', 'day'];

/** Two days as the stretch of the calendar that they are. */
export function periodOf(start: LocalDate, end: LocalDate, today: LocalDate): Period {
  for (const shape of SHAPES) {
    const whole = periodAround(start, shape, 1);
    if (whole.start !== start) continue;
    if (whole.end === end) return whole;
    if (end === today && cutAt(whole, today).end === end) return cutAt(whole, today);
  }
  return rangePeriod(start, end);
}

/** The period that lies so far from another; a named one is taken whole. */
export function shifted(period: Period, { unit, steps }: Shift): Period {
  const own = unit === 'own' ? period.shape : unit;
  const months = SHAPE_MONTHS[own];
  const [from, until] = [period.start, addDays(period.end, 1)];
  if (months === undefined) {
    const days = own === 'week' ? 7 : daysBetween(from, until);
    return moved(period, addDays(from, days * steps), addDays(until, days * steps));
  }
  const longer = addMonths(from, months) < until && !period.toDate;
  if (longer) {
    const edge =
      steps < 0 ? addMonths(from, months * steps) : addMonths(until, months * (steps - 1));
    return periodAround(edge, own, 1);
  }
  return moved(period, addMonths(from, months * steps), addMonths(until, months * steps));
}

function moved({ shape }: Period, from: LocalDate, until: LocalDate): Period {
  return shape === 'range' || shape === 'fiscal_year' || shape === 'fiscal_quarter'
    ? rangePeriod(from, addDays(until, -1))
    : periodAround(from, shape, 1);
}
