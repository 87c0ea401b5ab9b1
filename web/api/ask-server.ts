import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReplyOf } from '#api-contract';
import type { UsedRoute } from './addresses.ts';
import { call } from './client.ts';
import type { CallInput } from './client.ts';

/** What moves by itself as transactions are sent is looked at again so often, while its page is seen. */
const LOOK_AGAIN_MS: Readonly<Partial<Record<UsedRoute, number>>> = {
  getTransaction: 2_000,
  getConflict: 4_000,
  getHealthOf: 4_000,
  listBatches: 4_000,
  listConflicts: 4_000,
  listDeadLetters: 4_000,
  listTransactions: 4_000,
};

/** What a page asks the server for. Kept, shared between pages, and asked again when it changed. */
export function useServer<Name extends UsedRoute>(
  name: Name,
  input: Omit<CallInput<Name>, 'signal'> = {},
  options: { readonly enabled?: boolean; readonly keep?: boolean } = {},
): UseQueryResult<ReplyOf<Name>> {
  return useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, { ...input, signal }),
    enabled: options.enabled ?? true,
    refetchInterval: LOOK_AGAIN_MS[name] ?? false,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}
