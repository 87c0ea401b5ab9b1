import type { ReplyOf } from '#api-contract';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';

/** What customers may subscribe to. */
export type Plan = ReplyOf<'listSubscriptionPlans'>['items'][number];

/** All plans of the legal entity; none as long as they are on their way. */
export function usePlans(): readonly Plan[] {
  const { code } = useEntity();
  return useBooks('listSubscriptionPlans', { params: { entity: code } }).data?.items ?? [];
}

/** Says what a plan is called. */
export function usePlanName(): (id: string) => string {
  const names = new Map(usePlans().map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
