import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { ItemRow } from '#api-contract';
import { Nothing } from '../shared/data-table.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Amount } from '../shared/figure.tsx';
import { FilterLink } from '../shared/filter-link.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { Chip } from '../shared/list-filters.tsx';
import { ListView, ToIntegrations } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useList } from '../shared/use-list.ts';
import { RecordLink } from '../shared/record-link.tsx';
import { StatusMark } from '../shared/status.tsx';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useUrl } from '../shared/use-url.ts';

const STATUSES = ['active', 'discontinued', 'blocked'] as const;
const KINDS = ['stock', 'service', 'subassembly', 'raw', 'finished', 'tool'] as const;

/** The steps of a category, each narrowing the list to itself. */
function CategoryLinks({ path }: { readonly path: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  if (path.length === 0) return <Nothing />;
  return path.map((step, at) => (
    <Fragment key={step}>
      {at === 0 ? null : ' › '}
      {at > 1 ? (
        step
      ) : (
        <FilterLink
          name={at === 0 ? 'category' : 'subcategory'}
          value={step}
          label={t('field.category')}
        >
          {step}
        </FilterLink>
      )}
    </Fragment>
  ));
}

function useColumns(): readonly Column<ItemRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'name',
      title: t('field.item'),
      sort: 'name',
      wide: true,
      cell: (row) => (
        <RecordLink kind="item" id={row.id}>
          {row.name}
        </RecordLink>
      ),
    },
    {
      name: 'number',
      title: t('field.number'),
      sort: 'number',
      quiet: true,
      cell: (row) => row.number,
    },
    {
      name: 'category',
      title: t('field.category'),
      cell: (row) => <CategoryLinks path={row.categoryPath} />,
    },
    {
      name: 'kind',
      title: t('field.kind'),
      sort: 'kind',
      cell: (row) => t(`itemKind.${row.kind}`),
    },
    {
      name: 'status',
      title: t('field.status'),
      sort: 'status',
      cell: (row) => <StatusMark status={row.status} />,
    },
    {
      name: 'suppliers',
      title: t('nav.suppliers'),
      end: true,
      cell: (row) => format.count(row.supplierCount),
    },
    {
      name: 'standardCost',
      title: t('field.standardCost'),
      end: true,
      cell: (row) => <Amount of={row.standardCost} />,
    },
  ];
}

/** Everything bought, made, kept or sold. */
export function ItemsPage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  return (
    <>
      <PageHead title={t('nav.items')} />
      <ListView
        label={t('nav.items')}
        searchLabel={t('items.search')}
        choices={[
          {
            name: 'kind',
            label: t('field.kind'),
            values: KINDS.map((value) => ({ value, label: t(`itemKind.${value}`) })),
          },
          {
            name: 'status',
            label: t('field.status'),
            values: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
          ...useIntegrationChoice(),
        ]}
        filters={
          <>
            {search['category'] === undefined ? null : (
              <Chip name="category" label={t('field.category')} text={search['category']} />
            )}
            {search['subcategory'] === undefined ? null : (
              <Chip
                name="subcategory"
                label={t('field.subcategory')}
                text={search['subcategory']}
              />
            )}
          </>
        }
        list={useList('listItems')}
        columns={useColumns()}
        keyOf={(row) => row.id}
        empty={{
          title: t('items.empty'),
          hint: t('list.emptyHint'),
          action: <ToIntegrations />,
        }}
      />
    </>
  );
}
