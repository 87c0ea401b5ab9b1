import { useServer } from '../api/ask-server.ts';

/** What a batch is called; what it is known by until that is known. */
export function useBatchName(id: string | undefined): string {
  const asked = { query: { search: id ?? '', pageSize: 1 } };
  const found = useServer('listBatches', asked, { enabled: id !== undefined });
  return found.data?.items.find((batch) => batch.id === id)?.title ?? id ?? '';
}
