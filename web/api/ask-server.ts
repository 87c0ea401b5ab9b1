import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReplyOf } from '#api-contract';
import type { UsedRoute } from './addresses.ts';
import { call } from './client.ts';
import type { CallInput } from './client.ts';

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
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}
