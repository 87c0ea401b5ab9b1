import { ActionIcon, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import IconLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '#api-contract';
import { Async, Empty } from './async.tsx';
import type { Loadable } from './async.tsx';
import { DataTable } from './data-table.tsx';
import type { Column } from './data-table.tsx';
import { useFormat } from './i18n.ts';
import { useUrl } from './use-url.ts';

/** A filter with few values, kept in the address under its name. */
export type Choice = {
  readonly name: string;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly label: string }[];
};

const NOT_FILTERS = new Set(['sort', 'page']);

function SearchBox({ label }: { readonly label: string }): ReactNode {
  const [search, change] = useUrl();
  const shown = search['search'] ?? '';
  const [typed, setTyped] = useState(shown);
  const [sent, setSent] = useState(shown);
  const input = useRef<HTMLInputElement>(null);
  const send = useDebouncedCallback((text: string) => {
    setSent(text);
    change({ search: text === '' ? undefined : text, page: undefined }, true);
  }, 200);
  if (shown !== sent) {
    setSent(shown); // The address changed by other means: back, a link, a cleared filter.
    setTyped(shown);
  }
  useHotkeys([['/', () => input.current?.focus()]]);
  return (
    <TextInput
      ref={input}
      type="search"
      className="rialto-search-box"
      size="sm"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value);
      }}
    />
  );
}

function ChoiceBox({ choice }: { readonly choice: Choice }): ReactNode {
  const [search, change] = useUrl();
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="sm"
      aria-label={choice.label}
      data-set={search[choice.name] === undefined ? undefined : true}
      value={search[choice.name] ?? ''}
      onChange={({ currentTarget: { value } }) =>
        change({ [choice.name]: value === '' ? undefined : value, page: undefined })
      }
      data={[{ value: '', label: t('list.any', { what: choice.label }) }, ...choice.values]}
    />
  );
}

/** First, last and total of what is shown, and the way to the next page. */
export function Paging({ of }: { readonly of: Page<unknown> }): ReactNode {
  const [, change] = useUrl();
  const { t } = useTranslation();
  const format = useFormat();
  const last = Math.max(1, Math.ceil(of.total / of.pageSize));
  const go = (page: number): void => change({ page: page === 1 ? undefined : String(page) });
  const first = (of.page - 1) * of.pageSize;
  return (
    <Group component="nav" aria-label={t('list.paging')} className="rialto-paging" gap="xs">
      <Text size="sm" c="dimmed" role="status">
        {t('list.range', {
          from: format.count(of.total === 0 ? 0 : first + 1),
          to: format.count(first + of.items.length),
          total: format.count(of.total),
        })}
      </Text>
      <ActionIcon
        variant="default"
        size={30}
        disabled={of.page <= 1}
        onClick={() => go(of.page - 1)}
        aria-label={t('list.previous')}
      >
        <IconLeft size={16} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={30}
        disabled={of.page >= last}
        onClick={() => go(of.page + 1)}
        aria-label={t('list.next')}
      >
        <IconRight size={16} />
      </ActionIcon>
    </Group>
  );
}

function ClearFilters({ size }: { readonly size: 'xs' | 'sm' }): ReactNode {
  const [search, change] = useUrl();
  const { t } = useTranslation();
  const set = Object.keys(search).filter((name) => !NOT_FILTERS.has(name));
  if (set.length === 0) return null;
  const cleared = Object.fromEntries([...set, 'page'].map((name) => [name, undefined]));
  return (
    <Button variant="subtle" size={size} onClick={() => change(cleared)}>
      {t('list.clear')}
    </Button>
  );
}

/** Leads to the same rows as a file. */
export function ExportLink({ href }: { readonly href: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      size="sm"
      leftSection={<IconDownload size={15} aria-hidden />}
    >
      {t('list.export')}
    </Button>
  );
}

/** A list: search, filters, rows, pages; all of its state is in the address. */
export function ListView<Row>(props: {
  readonly label: string;
  readonly searchLabel: string;
  readonly choices?: readonly Choice[];
  readonly filters?: ReactNode;
  readonly of: Loadable<Page<Row>>;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly empty: { readonly title: string; readonly hint?: string; readonly action?: ReactNode };
}): ReactNode {
  const { label, searchLabel, choices = [], filters, of, columns, keyOf, empty } = props;
  const [search, change] = useUrl();
  const { t } = useTranslation();
  const filtered = Object.keys(search).some((name) => !NOT_FILTERS.has(name));
  const nothing = filtered ? (
    <Empty title={t('list.noMatch')} action={<ClearFilters size="sm" />} />
  ) : (
    <Empty {...empty} />
  );
  return (
    <>
      <Group role="search" aria-label={searchLabel} className="rialto-filters" gap="xs">
        <SearchBox label={searchLabel} />
        {choices.map((choice) => (
          <ChoiceBox key={choice.name} choice={choice} />
        ))}
        {filters}
        <ClearFilters size="xs" />
      </Group>
      <div className="rialto-card">
        <Async of={of} rows={12} isEmpty={(page) => page.items.length === 0} empty={nothing}>
          {(page) => (
            <>
              <DataTable
                label={label}
                columns={columns}
                rows={page.items}
                keyOf={keyOf}
                sorting={{
                  by: search['sort'],
                  onChange: (sort) => change({ sort, page: undefined }),
                }}
              />
              <Paging of={page} />
            </>
          )}
        </Async>
      </div>
    </>
  );
}
