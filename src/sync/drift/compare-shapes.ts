import type { Shape } from './shape.ts';

/** A path as it is known from all documents so far. */
export type KnownPath = {
  readonly path: string;
  readonly types: readonly string[];
  readonly present: number;
  readonly asked: number;
  readonly absentInARow: number;
};

/** One way in which documents look other than before. */
export type Difference = {
  readonly path: string;
  readonly kind: 'gone' | 'type' | 'new';
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** Rarer than this by chance, it is no chance. */
const CHANCE_MAX = 1e-4;
/** What something is that may stand empty: null, a list without members, an object without fields. */
const EMPTY: ReadonlySet<string> = new Set(['nothing', 'list', 'object']);
/** Fewer documents than this say nothing about all others. */
const ABSENT_MIN = 3;

/**
 * Compares what documents look like with what is known. A path is *gone* when so many documents in
 * a row lack it that, as often as it used to be there, this would happen once in ten thousand times.
 */
export function compareShapes(
  known: readonly KnownPath[],
  seen: Shape,
  holders: (path: string) => number,
): readonly Difference[] {
  const differences: Difference[] = [];
  for (const { path, types, present, asked, absentInARow } of known) {
    const now = seen.get(path);
    if (now === undefined) {
      const absent = absentInARow + holders(path);
      const share = (present + 0.5) / (asked + 1); // Jeffreys' estimate: never quite 0 or 1.
      if (holders(path) > 0 && absent >= ABSENT_MIN && (1 - share) ** absent < CHANCE_MAX) {
        differences.push({ path, kind: 'gone', before: types, after: [] });
      }
    } else {
      const other = [...now.types].filter((type) => !types.includes(type) && type !== 'nothing');
      const onlyEmpty = types.every((type) => type === 'nothing');
      if (other.length > 0 && !onlyEmpty) {
        differences.push({ path, kind: 'type', before: types, after: [...now.types] });
      }
    }
  }
  const before = new Set(known.map(({ path }) => path));
  for (const [path, { types }] of seen) {
    if (before.has(path) || wasEmptySoFar(path, known)) continue;
    differences.push({ path, kind: 'new', before: [], after: [...types] });
  }
  return differences;
}

/** Whether a path stands in something that was known, and never held anything: nobody knew its parts. */
function wasEmptySoFar(path: string, known: readonly KnownPath[]): boolean {
  const holder = known
    .filter((each) => path.startsWith(`${each.path}.`) || path.startsWith(`${each.path}[]`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (holder === undefined || !holder.types.every((type) => EMPTY.has(type))) return false;
  const held = (each: KnownPath): boolean =>
    each.path.startsWith(`${holder.path}.`) || each.path.startsWith(`${holder.path}[]`);
  return !known.some(held);
}
