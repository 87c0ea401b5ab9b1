import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReplyOf } from '#api-contract';
import { callAt } from '../../api/client.ts';
import type { CallInput } from '../../api/client.ts';
import { ADDRESSES } from './addresses.ts';
import type { ErpRoute } from './addresses.ts';

/** Calls a route of the embedded ERP by its name. */
export function callBooks<Name extends ErpRoute>(
  name: Name,
  input: CallInput<Name> = {},
): Promise<ReplyOf<Name>> {
  return callAt<Name>(ADDRESSES[name], input);
}

/** What a page asks the books for; with `keep`, what was seen stays while something else is asked. */
export function useBooks<Name extends ErpRoute>(
  name: Name,
  input: Omit<CallInput<Name>, 'signal' | 'key'> = {},
  options: { readonly enabled?: boolean; readonly keep?: boolean } = {},
): UseQueryResult<ReplyOf<Name>> {
  return useQuery({
    queryKey: [name, input],
    queryFn: ({ signal }) => callBooks(name, { ...input, signal }),
    enabled: options.enabled ?? true,
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
}
