import { editDistance } from './member-search.ts';

/** The known word that an unknown one is most likely a slip of. */
export function nearWord(word: string, known: ReadonlySet<string>): string | undefined {
  const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (most === 0 || /\d/.test(word) || known.has(word)) return undefined;
  let best: string | undefined;
  let least = most + 1;
  for (const other of known) {
    if (other.length < 4) continue;
    const distance = editDistance(word, other, most);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}
