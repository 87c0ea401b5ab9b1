import type { ContentProblem } from '#canonical';
import type { Json } from '#kernel';

/** Finds entries of a list, such as the lines of an order, that bear another's number. */
export function repeatedNumbers(
  content: Readonly<Record<string, Json | undefined>>,
): readonly ContentProblem[] {
  const problems: ContentProblem[] = [];
  for (const [field, list] of Object.entries(content)) {
    if (!Array.isArray(list)) continue;
    const numbers = list.map(numberOf);
    const counts = new Map<string, number>();
    for (const number of numbers) {
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    if (counts.size === list.length) continue;
    for (const [at, number] of numbers.entries()) {
      const times = counts.get(number ?? '') ?? 1;
      if (number === undefined || times === 1) continue;
      const reason = `the number '${number}' occurs ${times} times among ${field}: each needs its own`;
      problems.push({ field: `${field}.${at}.number`, reason });
    }
  }
  return problems;
}

function numberOf(entry: Json): string | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined;
  const number = 'number' in entry ? entry['number'] : undefined;
  return typeof number === 'string' ? number : undefined;
}
