import { useQuery } from '@tanstack/react-query';
import type { ReplyOf } from '#api-contract';
import { callBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';

const ASKING_EVERY_MS = 700;

/** The last import of the legal entity: looked at again and again as long as it runs. */
export type ImportWork = NonNullable<ReplyOf<'getImportWork'>['last']>;

/** How far the last import is, or what became of it; null: there was none yet. */
export function useImportWork(): ImportWork | null | undefined {
  const { code } = useEntity();
  const found = useQuery({
    queryKey: ['getImportWork', { params: { entity: code } }],
    queryFn: ({ signal }) => callBooks('getImportWork', { params: { entity: code }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.last?.status === 'running' ? ASKING_EVERY_MS : false,
  });
  return found.data?.last;
}
