import { Spotlight } from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useServer } from '../api/ask-server.ts';
import { PAGES } from './navigation.ts';

type Hit = { readonly id: string; readonly label: string; readonly note?: string; go: () => void };
type Group = { readonly title: string; readonly hits: readonly Hit[] };

const PER_KIND = 5;

/** Suppliers, items and orders that match, asked of the server as one types. */
function useRecordHits(text: string): readonly Group[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useDebouncedValue(text.trim(), 150);
  const query = { search, pageSize: PER_KIND };
  const when = { enabled: search.length > 1, keep: true };
  const suppliers = useServer('listSuppliers', { query }, when).data?.items ?? [];
  const items = useServer('listItems', { query }, when).data?.items ?? [];
  const orders = useServer('listPurchaseOrders', { query }, when).data?.items ?? [];
  if (search.length < 2) return [];
  return [
    {
      title: t('nav.suppliers'),
      hits: suppliers.map(({ id, name, number }) => ({
        id,
        label: name,
        note: number,
        go: () => void navigate({ to: '/suppliers/$id', params: { id } }),
      })),
    },
    {
      title: t('nav.items'),
      hits: items.map(({ id, name, number }) => ({
        id,
        label: name,
        note: number,
        go: () => void navigate({ to: '/items/$id', params: { id } }),
      })),
    },
    {
      title: t('nav.orders'),
      hits: orders.map(({ id, number, supplier }) => ({
        id,
        label: number,
        note: supplier.name ?? supplier.key,
        go: () => void navigate({ to: '/purchase-orders/$id', params: { id } }),
      })),
    },
  ];
}

function usePageHits(text: string): Group {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = text.trim().toLowerCase();
  const pages = PAGES.filter((page) => t(`nav.${page.name}`).toLowerCase().includes(wanted));
  return {
    title: t('palette.pages'),
    hits: pages.map(({ name, to }) => ({
      id: name,
      label: t(`nav.${name}`),
      go: () => void navigate({ to }),
    })),
  };
}

/** One box from which everything can be reached (⌘K). What matches nothing can be asked. */
export function Palette(): ReactNode {
  const [text, setText] = useState('');
  const { t } = useTranslation();
  const navigate = useNavigate();
  const groups = [usePageHits(text), ...useRecordHits(text)].filter((one) => one.hits.length > 0);
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut="mod + K"
      scrollable
      overlayProps={{ blur: 0 }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.title} label={group.title}>
            {group.hits.map((hit) => (
              <Spotlight.Action
                key={hit.id}
                label={hit.label}
                {...(hit.note === undefined ? {} : { description: hit.note })}
                onClick={hit.go}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {text.trim() === '' ? null : (
          <Spotlight.Action
            label={t('palette.ask', { text: text.trim() })}
            onClick={() => void navigate({ to: '/', search: { q: text.trim() } })}
          />
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
