import { useServer } from '../api/ask-server.ts';

/** What a batch is called; what it is known by until that is known. */
export function useBatchName(id: string | undefined): string {
  // What takes it back is found by its id too, and is younger.
  const asked = { query: { search: id ?? '', pageSize: 1, sort: 'createdAt' } } as const;
  const found = useServer('listBatches', asked, { enabled: id !== undefined });
  return found.data?.items.find((batch) => batch.id === id)?.title ?? id ?? '';
}
