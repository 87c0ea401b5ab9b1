import { rollbackTo, send, sql } from '#database';
import type { Handle } from '#database';
import { refuse } from './result.ts';
import type { Refusal, Result } from './result.ts';

/** What became of drafts. `late`: refused after something had been written for them. */
export type Booked<T, Code extends string> = {
  readonly results: readonly Result<T, Code>[];
  readonly late: ReadonlyMap<number, Refusal<Code>>; // By the draft's place.
};

/**
 * Books drafts that several areas have a say in. What one area has written for a draft that a later
 * one refuses is taken back, and the rest is booked again without it: a refused draft leaves nothing
 * behind and stops no other.
 */
export async function bookTogether<D, T, Code extends string>(
  tx: Handle,
  drafts: readonly D[],
  work: (drafts: readonly D[]) => Promise<Booked<T, Code>>,
): Promise<readonly Result<T, Code>[]> {
  const refused = new Map<number, Refusal<Code>>();
  for (;;) {
    const places = drafts
      .keys()
      .filter((place) => !refused.has(place))
      .toArray();
    const asked = places.flatMap((place) => drafts.slice(place, place + 1));
    await send(tx, sql`savepoint booked_together`);
    const { results, late } = await work(asked);
    if (late.size === 0) {
      await send(tx, sql`release savepoint booked_together`);
      const booked = new Map(places.map((place, at) => [place, results[at]]));
      return drafts.flatMap((_, place) => refused.get(place) ?? booked.get(place) ?? []);
    }
    await rollbackTo(tx, 'booked_together');
    for (const [at, refusal] of late) refused.set(places[at] ?? -1, refusal);
  }
}

/** By the draft's place, what another area refused: its words under a code of one's own. */
export function refusedLate<Code extends string>(
  results: readonly Result<unknown>[],
  places: readonly number[],
  code: Code,
): Map<number, Refusal<Code>> {
  const late = new Map<number, Refusal<Code>>();
  for (const [at, result] of results.entries()) {
    const place = places[at] ?? -1;
    if (result.ok || late.has(place)) continue;
    late.set(place, refuse(code, `${result.problem.message} (${result.problem.code})`));
  }
  return late;
}
