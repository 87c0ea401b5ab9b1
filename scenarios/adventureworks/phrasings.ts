import { FIRST } from './first-phrasings.ts';
import { FIFTH } from './further-phrasings.ts';
import { SECOND, THIRD } from './later-phrasings.ts';
import { FOURTH } from './unseen-phrasings.ts';

export type Phrasing = {
  readonly locale: 'en' | 'de';
  readonly question: string;
  /** Readings that are equally good. */
  readonly expected: readonly string[];
};

/**
 * What buyers, controllers, auditors and planners type, asked on 2025-10-31: language, question, and
 * what it must be read as. `metrics | cuts | filters and thresholds | period | rest`, or a status;
 * `||` stands between readings that are equally good.
 */
export const PHRASINGS: readonly Phrasing[] = [FIRST, SECOND, THIRD, FOURTH, FIFTH]
  .flatMap((lines) => lines.trim().split('\n'))
  .map((line) => {
    const at = line.lastIndexOf(' => ');
    const expected = line
      .slice(at + 4)
      .split(' || ')
      .map(tidied);
    return {
      locale: line.startsWith('de') ? 'de' : 'en',
      question: line.slice(4, at),
      expected,
    };
  });

/** A reading with its parts trimmed and its empty end cut off. */
function tidied(reading: string): string {
  return reading
    .split('|')
    .map((part) => part.trim())
    .join(' | ')
    .replace(/(?: \| *)+$/, '');
}
