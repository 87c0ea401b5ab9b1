import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from './i18n.ts';
import { useSearchKey } from './use-search-key.ts';
import { useUrl } from './use-url.ts';

/** A filter with few values, kept in the address under its name. */
export type Choice = {
  readonly name: string;
  readonly label: string;
  readonly values: readonly { readonly value: string; readonly label: string }[];
  readonly none?: string; // What it says when nothing is chosen. Absent: any.
};

/** A list that is narrowed or ordered anew begins at its first page. */
export const FROM_START = { page: undefined, after: undefined } as const;

/** Whether an address narrows a list by one of the names it knows. */
export const isFiltered = (
  search: Readonly<Record<string, unknown>>,
  names: readonly string[],
): boolean => names.some((name) => search[name] !== undefined);

/** What is searched for; the address follows a moment after the typing. */
export function SearchBox({ label }: { readonly label: string }): ReactNode {
  const [search, change] = useUrl();
  const shown = search['search'] ?? '';
  const [typed, setTyped] = useState(shown);
  const [sent, setSent] = useState(shown);
  const input = useRef<HTMLInputElement>(null);
  const send = useDebouncedCallback((text: string) => {
    setSent(text);
    change({ search: text === '' ? undefined : text, ...FROM_START }, true);
  }, 200);
  if (shown !== sent) {
    setSent(shown); // The address changed by other means: back, a link, a cleared filter.
    setTyped(shown);
  }
  useSearchKey(input);
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

/** One of few values, or any. */
export function ChoiceBox({ choice }: { readonly choice: Choice }): ReactNode {
  const [search, change] = useUrl();
  const { t } = useTranslation();
  return (
    <NativeSelect
      size="sm"
      aria-label={choice.label}
      data-set={search[choice.name] === undefined ? undefined : true}
      value={search[choice.name] ?? ''}
      onChange={({ currentTarget: { value } }) =>
        change({ [choice.name]: value === '' ? undefined : value, ...FROM_START })
      }
      data={[
        { value: '', label: choice.none ?? t('list.any', { what: choice.label }) },
        ...choice.values,
      ]}
    />
  );
}

/** A day that bounds a list, named in sight. */
export function DayBox(props: {
  readonly name: string;
  readonly label: string;
  readonly otherwise?: string; // What holds when the address says nothing.
}): ReactNode {
  const { name, label, otherwise = '' } = props;
  const [search, change] = useUrl();
  return (
    <label className="rialto-day" data-set={search[name] === undefined ? undefined : true}>
      {label}
      <input
        type="date"
        value={search[name] ?? otherwise}
        onChange={({ currentTarget: { value } }) =>
          change({ [name]: value === '' ? undefined : value, ...FROM_START })
        }
      />
    </label>
  );
}

/** A filter that is set from elsewhere: what it is, and how to drop it. */
export function Chip(props: {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}): ReactNode {
  const { name, label, text } = props;
  const [, change] = useUrl();
  const { t } = useTranslation();
  return (
    <span className="rialto-filter-chip">
      {label}: <b>{text}</b>
      <button
        type="button"
        aria-label={t('list.drop', { what: label })}
        onClick={() => change({ [name]: undefined, ...FROM_START })}
      >
        ×
      </button>
    </span>
  );
}

/** What a list can be ordered by; `up` and `down` where a direction has a better name. */
export type Sort = {
  readonly sort: string;
  readonly title: string;
  readonly up?: string;
  readonly down?: string;
};

/** What a list is ordered by. In a table this is for narrow screens, which show no column heads. */
export function SortBox(props: {
  readonly by: string;
  readonly of: readonly Sort[];
  readonly isHead: boolean;
}): ReactNode {
  const { by, of, isHead } = props;
  const [, change] = useUrl();
  const { t } = useTranslation();
  const isNamed = of.some(({ sort }) => sort === by.replace(/^-/, ''));
  return (
    <NativeSelect
      size="sm"
      className={isHead ? 'rialto-sort-box' : undefined}
      aria-label={t('list.sort')}
      value={by}
      onChange={({ currentTarget: { value } }) => change({ sort: value, ...FROM_START })}
      data={[
        ...(isNamed ? [] : [{ value: by, label: t('list.sort') }]), // As it comes by itself.
        ...of.flatMap(({ sort, title, up, down }) => [
          { value: sort, label: up ?? t('list.ascending', { what: title }) },
          { value: `-${sort}`, label: down ?? t('list.descending', { what: title }) },
        ]),
      ]}
    />
  );
}

/** Drops every filter at once. */
export function ClearFilters(props: {
  readonly size: 'xs' | 'sm';
  readonly names: readonly string[]; // Of the list's filters.
}): ReactNode {
  const { size, names } = props;
  const [search, change] = useUrl();
  const { t } = useTranslation();
  if (!isFiltered(search, names)) return null;
  const cleared = Object.fromEntries([...names, 'page', 'after'].map((name) => [name, undefined]));
  return (
    <Button variant="subtle" size={size} onClick={() => change(cleared)}>
      {t('list.clear')}
    </Button>
  );
}
