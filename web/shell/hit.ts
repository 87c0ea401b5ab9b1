/** Something the palette can go to. `words` is what a reader would call it. */
export type Hit = {
  readonly id: string;
  readonly label: string;
  readonly note?: string | undefined;
  readonly go: () => void;
};
export type HitGroup = { readonly title: string; readonly hits: readonly Hit[] };

/** How well a name fits what was typed: the whole, its beginning, a word's beginning, a part. */
export function fitOf(name: string, wanted: string): number {
  const [text, asked] = [name.toLowerCase(), wanted.toLowerCase()];
  if (text === asked) return 4;
  if (text.startsWith(asked)) return 3;
  if (text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(asked))) return 2;
  return text.includes(asked) ? 1 : 0;
}

const best = ({ hits }: HitGroup, wanted: string): number =>
  Math.max(
    0,
    ...hits.flatMap(({ label, note = '' }) => [fitOf(label, wanted), fitOf(note, wanted)]),
  );

/** Groups by their best hit, each with its own hits best first; equals keep their order. */
export function ranked(groups: readonly HitGroup[], wanted: string): readonly HitGroup[] {
  const fit = ({ label, note = '' }: Hit): number =>
    Math.max(fitOf(label, wanted), fitOf(note, wanted));
  return groups
    .filter(({ hits }) => hits.length > 0)
    .map((group) => ({ ...group, hits: group.hits.toSorted((a, b) => fit(b) - fit(a)) }))
    .toSorted((a, b) => best(b, wanted) - best(a, wanted));
}
