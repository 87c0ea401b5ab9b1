import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../api/client.ts';

const FRESH_MS = 300_000;
const isPerson = (by: string): boolean => by.startsWith('person_');

/**
 * Says what somebody is called. What was done by a person is kept with an id; whatever else does
 * something says itself what it is.
 */
export function usePersonName(of: string | undefined): string | undefined {
  const names = useQuery({
    queryKey: ['namePeople'],
    queryFn: ({ signal }) => call('namePeople', { signal }),
    select: ({ items }) => new Map(items.map(({ id, name }) => [id, name])),
    enabled: of !== undefined && isPerson(of),
    staleTime: FRESH_MS,
  }).data;
  if (of === undefined || !isPerson(of)) return of;
  return names === undefined ? '…' : (names.get(of) ?? of);
}

/** Who did something, by name. */
export function PersonName({ of }: { readonly of: string }): ReactNode {
  return usePersonName(of);
}
