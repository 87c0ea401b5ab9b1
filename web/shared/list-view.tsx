import { Button } from '@mantine/core';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import type { ReactNode } from 'react';
import type { Page } from '#api-contract';
import { Async, Empty } from './async.tsx';
import type { Loadable } from './async.tsx';
import { DataTable } from './data-table.tsx';
import type { Column } from './data-table.tsx';
import { useTranslation } from './i18n.ts';
import { ChoiceBox, ClearFilters, isFiltered, SearchBox } from './list-filters.tsx';
import type { Choice } from './list-filters.tsx';
import { Paging } from './paging.tsx';
import { TextLink } from './text-link.tsx';
import { useUrl } from './use-url.ts';

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

/** Where records come from: the next step of a list that is empty because nothing was synced. */
export function ToIntegrations(): ReactNode {
  const { t } = useTranslation();
  return <TextLink to="/integrations">{t('list.toIntegrations')}</TextLink>;
}

/** A list: search, filters, rows, pages; all of its state is in the address. */
export function ListView<Row>(props: {
  readonly label: string;
  readonly searchLabel?: string; // Absent: this list has no search.
  readonly choices?: readonly Choice[];
  readonly filters?: ReactNode;
  readonly of: Loadable<Page<Row>>;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly sort: string; // What the server orders by when the address does not say.
  readonly empty: { readonly title: string; readonly hint?: string; readonly action?: ReactNode };
}): ReactNode {
  const { label, searchLabel, choices = [], filters, of, columns, keyOf, sort, empty } = props;
  const [search, change] = useUrl();
  const { t } = useTranslation();
  const nothing = isFiltered(search) ? (
    <Empty title={t('list.noMatch')} action={<ClearFilters size="sm" />} />
  ) : (
    <Empty {...empty} />
  );
  return (
    <>
      <div role="search" aria-label={searchLabel ?? label} className="rialto-filters">
        {searchLabel === undefined ? null : <SearchBox label={searchLabel} />}
        {choices.map((choice) => (
          <ChoiceBox key={choice.name} choice={choice} />
        ))}
        {filters}
        <ClearFilters size="xs" />
      </div>
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
                  by: search['sort'] ?? sort,
                  onChange: (by) => change({ sort: by, page: undefined }),
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
