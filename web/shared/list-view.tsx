import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import type { ReactNode } from 'react';
import type { Page } from '#api-contract';
import { Async, Empty } from './async.tsx';
import { DataTable } from './data-table.tsx';
import type { Column } from './data-table.tsx';
import { useTranslation } from './i18n.ts';
import {
  ChoiceBox,
  ClearFilters,
  FROM_START,
  isFiltered,
  SearchBox,
  SortBox,
} from './list-filters.tsx';
import type { Choice, Sort } from './list-filters.tsx';
import { Paging } from './paging.tsx';
import { TextLink } from './text-link.tsx';
import type { List } from './use-list.ts';
import { useUrl } from './use-url.ts';

/** Where records come from: the next step of a list that is empty because nothing was synced. */
export function ToIntegrations(): ReactNode {
  const { t } = useTranslation();
  return <TextLink to="/integrations">{t('list.toIntegrations')}</TextLink>;
}

type EmptyText = { readonly title: string; readonly hint?: string; readonly action?: ReactNode };

type ListProps<Row> = {
  readonly label: string;
  readonly list: List<Row>;
  readonly searchLabel?: string; // Absent: this list has no search.
  readonly choices?: readonly Choice[];
  readonly filters?: ReactNode;
  readonly empty: EmptyText;
  readonly tools?: ReactNode; // What else can be done with the list: its export, where it is its own.
  readonly foot?: ReactNode; // The way to more rows, where they are not counted in pages.
  readonly inCard?: boolean; // It is part of a card: it draws none of its own.
} & (
  | { readonly columns: readonly Column<Row>[]; readonly keyOf: (row: Row) => string }
  | {
      readonly sorts: readonly Sort[];
      readonly children: (rows: readonly Row[]) => ReactNode; // Where a table would not do.
      readonly eachACard?: boolean;
    }
);

const FEW = 5;

/** A few rows that nothing narrows: there is nothing to look for, and no other order worth having. */
const isShort = (page: Page<unknown>, search: Readonly<Record<string, unknown>>): boolean =>
  page.total <= FEW && search['search'] === undefined && page.items.length === page.total;

function Filters<Row>(props: ListProps<Row>): ReactNode {
  const { label, searchLabel, choices = [], filters, list, inCard = false } = props;
  const { t } = useTranslation();
  const inTable = 'columns' in props;
  const [search] = useUrl();
  const isBrief = inCard && list.of.state === 'ready' && isShort(list.of.data, search);
  const sorts = inTable
    ? props.columns.flatMap(({ sort, title }) => (sort === undefined ? [] : [{ sort, title }]))
    : props.sorts;
  return (
    <div
      role="search"
      aria-label={searchLabel ?? label}
      className="rialto-filters"
      hidden={isBrief}
    >
      {searchLabel === undefined ? null : <SearchBox label={searchLabel} />}
      {choices.map((choice) => (
        <ChoiceBox key={choice.name} choice={choice} />
      ))}
      {filters}
      {sorts.length === 0 ? null : <SortBox by={list.sort} of={sorts} isHead={inTable} />}
      <ClearFilters size="xs" names={list.filters} />
      {list.file === undefined ? null : (
        <Button
          component="a"
          className="rialto-export"
          href={list.file}
          download
          variant="default"
          size="sm"
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          {t('list.export')}
        </Button>
      )}
      {props.tools}
    </div>
  );
}

/** Why there is no row to show: filters, a page behind the last, or nothing was ever there. */
function NoRows(props: {
  readonly list: List<unknown>;
  readonly total: number;
  readonly empty: EmptyText;
}): ReactNode {
  const { list, total, empty } = props;
  const [search, change] = useUrl();
  const { t } = useTranslation();
  if (total > 0) {
    const first = (
      <Button variant="subtle" size="sm" onClick={() => change({ page: undefined })}>
        {t('list.toFirst')}
      </Button>
    );
    return <Empty title={t('list.pastEnd')} action={first} />;
  }
  if (!isFiltered(search, list.filters)) return <Empty {...empty} />;
  const clear = <ClearFilters size="sm" names={list.filters} />;
  return <Empty title={t('list.noMatch')} action={clear} />;
}

function Rows<Row>(props: ListProps<Row> & { readonly page: Page<Row> }): ReactNode {
  const { label, list, page } = props;
  const [, change] = useUrl();
  if (!('columns' in props)) return props.children(page.items);
  return (
    <DataTable
      label={label}
      columns={props.columns}
      rows={page.items}
      keyOf={props.keyOf}
      sorting={{ by: list.sort, onChange: (by) => change({ sort: by, ...FROM_START }) }}
    />
  );
}

/** A list: search, filters, order, rows, pages and its file; all of its state is in the address. */
export function ListView<Row>(props: ListProps<Row>): ReactNode {
  const { list, empty, inCard = false } = props;
  const loose = 'eachACard' in props && props.eachACard;
  const card = inCard || loose ? undefined : 'rialto-card';
  return (
    <div className={inCard ? 'rialto-list-in-card' : 'rialto-list'}>
      <Filters {...props} />
      <div className={card}>
        <Async of={list.of} rows={inCard ? 4 : 12}>
          {(page) =>
            page.items.length === 0 ? (
              <div className={loose ? 'rialto-card' : undefined}>
                <NoRows list={list} total={page.total} empty={empty} />
              </div>
            ) : (
              <>
                <Rows {...props} page={page} />
                {props.foot ?? <Paging of={page} />}
              </>
            )
          }
        </Async>
      </div>
    </div>
  );
}
