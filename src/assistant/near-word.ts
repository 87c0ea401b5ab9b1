import { stem } from './lexicon.ts';
import { editDistance } from './member-search.ts';

/** The known word an unknown one is most likely a slip of; sure when one edit leads to one word only. */
export type NearWord = { readonly near?: string; readonly sure?: boolean };

/** Finds the known word that an unknown one is most likely a slip of. */
export function nearWord(word: string, known: ReadonlySet<string>): NearWord {
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (most === 0 || /\d/.test(word) || known.has(word)) return {};
  let found: string[] = [];
  let least = most + 1;
  for (const other of known) {
    if (other.length < 4) continue;
    const distance = editDistance(word, other, most);
    if (distance < least) [found, least] = [[other], distance];
    else if (distance === least && distance <= most) found.push(other);
  }
  // A letter left out is the likelier slip.
  const longer = found.filter((other) => other.length > word.length);
  const likely = longer.length > 0 ? longer : found;
  const [near] = likely;
  if (near === undefined) return {};
  const alone = new Set(likely.map(stem)).size === 1;
  // A short word is as likely another word: 'raise' is not 'rise' unless the writer says so.
  const long = word.length >= 6 || near.length > word.length || sameLetters(word, near);
  const begins = near[0] === word[0];
  return { near, sure: begins && alone && least === 1 && word.length >= 5 && long };
}

const sameLetters = (a: string, b: string): boolean =>
  a.split('').toSorted().join('') === b.split('').toSorted().join('');
