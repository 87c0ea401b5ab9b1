import { assert } from '#kernel';
import { instantOf, millisecondsOf, parseInstant } from '#kernel/time';
import type { Instant, LocalDate } from '#kernel/time';

/** So many minutes into a day, UTC. */
export function momentOf(on: LocalDate, minutes: number): Instant {
  const midnight = parseInstant(`${on}T00:00:00Z`);
  assert(midnight !== undefined, 'a day begins');
  return instantOf(millisecondsOf(midnight) + minutes * 60_000);
}
