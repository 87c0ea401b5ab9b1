import type { Member } from './member-search.ts';

/** Whether all members carry one name in one dimension. */
export function sameName(members: readonly Member[]): boolean {
  const [first] = members;
  return members.every((m) => m.label === first?.label && m.dimension === first.dimension);
}

/** Whether all members are told apart by nothing a reader sees. */
export function oneDimension(members: readonly Member[]): boolean {
  return new Set(members.map((m) => `${m.dimension} ${m.label}`)).size === 1;
}
