import { useNavigate } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { useServer } from '../api/ask-server.ts';
import { useTranslation } from '../shared/i18n.ts';
import { fitOf, ranked } from './hit.ts';
import type { Hit, HitGroup } from './hit.ts';
import { usePages } from './navigation.ts';
import { useBooksHits } from './palette-books.ts';

const PER_KIND = 5;
const PATIENCE_MS = 150;
const SHORTEST = 2; // Fewer letters match nearly everything.

function usePageHits(wanted: string): HitGroup {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const hits = usePages()
    .map(({ name, to }) => ({ id: name, label: t(`nav.${name}`), go: () => void navigate({ to }) }))
    .filter(({ label }) => wanted === '' || fitOf(label, wanted) > 0);
  return { title: t('palette.pages'), hits };
}

function useRecordHits(wanted: string): { groups: readonly HitGroup[]; pending: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useDebouncedValue(wanted, PATIENCE_MS);
  const query = { search, pageSize: PER_KIND };
  const enabled = search.length >= SHORTEST;
  const suppliers = useServer('listSuppliers', { query }, { enabled });
  const items = useServer('listItems', { query }, { enabled });
  const orders = useServer('listPurchaseOrders', { query }, { enabled });
  if (wanted.length < SHORTEST) return { groups: [], pending: false };
  const pending = search !== wanted || [suppliers, items, orders].some((one) => one.isPending);
  const found = {
    suppliers: suppliers.data?.items ?? [],
    items: items.data?.items ?? [],
    orders: orders.data?.items ?? [],
  };
  const groups = [
    {
      title: t('nav.suppliers'),
      hits: found.suppliers.map(({ id, name, number }) => ({
        id,
        label: name,
        note: number,
        go: () => void navigate({ to: '/suppliers/$id', params: { id } }),
      })),
    },
    {
      title: t('nav.items'),
      hits: found.items.map(({ id, name, number }) => ({
        id,
        label: name,
        note: number,
        go: () => void navigate({ to: '/items/$id', params: { id } }),
      })),
    },
    {
      title: t('nav.orders'),
      hits: found.orders.map(({ id, number, supplier }) => ({
        id,
        label: number,
        note: supplier.name ?? supplier.key,
        go: () => void navigate({ to: '/purchase-orders/$id', params: { id } }),
      })),
    },
  ];
  return { groups, pending };
}

/** Everything a text can lead to, best first; asking it as a question comes last. */
export function useHits(text: string): { groups: readonly HitGroup[]; pending: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = text.trim();
  const pages = usePageHits(wanted);
  const records = useRecordHits(wanted);
  const [search] = useDebouncedValue(wanted, PATIENCE_MS);
  const books = useBooksHits(wanted, search);
  const groups = ranked([pages, ...books, ...records.groups], wanted);
  if (wanted === '') return { groups, pending: false };
  const ask: Hit = {
    id: 'ask-this',
    label: t('palette.ask', { text: wanted }),
    go: () => void navigate({ to: '/', search: { q: wanted } }),
  };
  return {
    groups: [...groups, { title: t('nav.answers'), hits: [ask] }],
    pending: records.pending,
  };
}
