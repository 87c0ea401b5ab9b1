import { useNavigate } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { useServer } from '../api/ask-server.ts';
import { useTranslation } from '../shared/i18n.ts';
import { usePages } from './navigation.ts';

/** Something the palette can go to. `words` is what a reader would call it. */
export type Hit = {
  readonly id: string;
  readonly label: string;
  readonly note?: string | undefined;
  readonly go: () => void;
};
export type HitGroup = { readonly title: string; readonly hits: readonly Hit[] };

const PER_KIND = 5;
const SHORTEST = 2; // Fewer letters match nearly everything.

/** How well a name fits what was typed: the whole, its beginning, a word's beginning, a part. */
export function fitOf(name: string, wanted: string): number {
  const [text, asked] = [name.toLowerCase(), wanted.toLowerCase()];
  if (text === asked) return 4;
  if (text.startsWith(asked)) return 3;
  if (text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(asked))) return 2;
  return text.includes(asked) ? 1 : 0;
}

const best = ({ hits }: HitGroup, wanted: string): number =>
  Math.max(
    0,
    ...hits.flatMap(({ label, note = '' }) => [fitOf(label, wanted), fitOf(note, wanted)]),
  );

/** Groups by their best hit, each with its own hits best first; equals keep their order. */
export function ranked(groups: readonly HitGroup[], wanted: string): readonly HitGroup[] {
  const fit = ({ label, note = '' }: Hit): number =>
    Math.max(fitOf(label, wanted), fitOf(note, wanted));
  return groups
    .filter(({ hits }) => hits.length > 0)
    .map((group) => ({ ...group, hits: group.hits.toSorted((a, b) => fit(b) - fit(a)) }))
    .toSorted((a, b) => best(b, wanted) - best(a, wanted));
}

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
  const [search] = useDebouncedValue(wanted, 150);
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
  const groups = ranked([pages, ...records.groups], wanted);
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
