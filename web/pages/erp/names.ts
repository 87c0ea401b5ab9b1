import { useQueries, useQuery } from '@tanstack/react-query';
import { callBooks, useBooks } from './ask-books.ts';
import { useEntity } from './entity.ts';

/** What a party or an item is called. */
type Named = {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly role?: 'customer' | 'supplier';
};
type Kind = 'party' | 'item';

type Asked = {
  readonly id: string;
  readonly answer: (named: Named | null) => void;
  readonly fail: (error: unknown) => void;
};

const PATIENCE_MS = 8; // Cells that are drawn together ask together.
const IDS_MOST = 200; // Of one question, as the server takes them.
const FRESH_MS = 300_000;
const waiting = new Map<string, Asked[]>();

const ask = (kind: Kind, entity: string, ids: string) =>
  kind === 'party'
    ? callBooks('nameParties', { params: { entity }, query: { ids } })
    : callBooks('nameItems', { params: { entity }, query: { ids } });

async function send(kind: Kind, entity: string, asked: readonly Asked[]): Promise<void> {
  try {
    const { items } = await ask(kind, entity, [...new Set(asked.map(({ id }) => id))].join(','));
    const found = new Map(items.map((named: Named) => [named.id, named]));
    for (const { id, answer } of asked) answer(found.get(id) ?? null);
  } catch (error) {
    for (const { fail } of asked) fail(error);
  }
}

/** Asks for one name; whatever is asked for in the same moment goes in the same request. */
function nameOf(kind: Kind, entity: string, id: string): Promise<Named | null> {
  const shelf = `${kind} ${entity}`;
  return new Promise((answer, fail) => {
    const queue = waiting.get(shelf) ?? [];
    queue.push({ id, answer, fail });
    if (queue.length > 1) return;
    waiting.set(shelf, queue);
    setTimeout(() => {
      waiting.delete(shelf);
      for (let at = 0; at < queue.length; at += IDS_MOST) {
        void send(kind, entity, queue.slice(at, at + IDS_MOST));
      }
    }, PATIENCE_MS);
  });
}

/** What a party or an item is called; undefined as long as nobody has said so. */
export function useNamed(kind: Kind, id: string | undefined): Named | undefined {
  const { code } = useEntity();
  const named = useQuery({
    queryKey: ['named', kind, code, id],
    queryFn: () => nameOf(kind, code, id ?? ''),
    enabled: id !== undefined,
    staleTime: FRESH_MS,
  });
  return named.data ?? undefined;
}

/** What parties or items are called, by id; those that nobody has named yet by their ids. */
export function useNames(kind: Kind, ids: readonly string[]): ReadonlyMap<string, string> {
  const { code } = useEntity();
  const asked = [...new Set(ids)];
  const found = useQueries({
    queries: asked.map((id) => ({
      queryKey: ['named', kind, code, id],
      queryFn: () => nameOf(kind, code, id),
      staleTime: FRESH_MS,
    })),
  });
  return new Map(asked.map((id, at) => [id, found[at]?.data?.name ?? id]));
}

/** Says what a warehouse is called. */
export function useWarehouseName(): (id: string) => string {
  const { code } = useEntity();
  const found = useBooks('listWarehouses', { params: { entity: code } }).data?.items ?? [];
  const names = new Map(found.map((house) => [house.id, house.code]));
  return (id) => names.get(id) ?? id;
}
