import { compareDecimals, decimal } from '#kernel/decimal';

import type { Draft, DraftBound } from './draft.ts';
import type { Member } from './member-search.ts';

/** 'Credit rating above 3': filters by the ratings on file that are. False: none of them is. */
export function settleBounds(draft: Draft, members: readonly Member[]): boolean {
  const [first] = draft.bounds;
  if (first === undefined) return true;
  const bounded = members.filter(
    (member) =>
      member.dimension === first.dimension && draft.bounds.every((bound) => within(member, bound)),
  );
  draft.where.push(...bounded.map((member) => ({ member, not: false })));
  draft.by = draft.by.filter((each) => each.dimension !== first.dimension);
  return bounded.length > 0;
}

/** Whether a value that is a number is within a bound. */
function within({ value }: Member, bound: DraftBound): boolean {
  if (!/^\d+$/.test(value)) return false;
  const than = compareDecimals(decimal(value), bound.value);
  if (than === 0) return bound.op.endsWith('=');
  return bound.op.startsWith('>') === than > 0;
}
