import type { ReactNode } from 'react';
import type { SupplierRow } from '#api-contract';
import { Nothing } from '../shared/data-table.tsx';
import type { Column } from '../shared/data-table.tsx';
import { FilterLink } from '../shared/filter-link.tsx';
import { Maybe } from '../shared/figure.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { Chip } from '../shared/list-filters.tsx';
import { ListView, ToIntegrations } from '../shared/list-view.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useList } from '../shared/use-list.ts';
import { RecordLink } from '../shared/record-link.tsx';
import { StatusMark } from '../shared/status.tsx';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useUrl } from '../shared/use-url.ts';

const STATUSES = ['active', 'blocked-purchasing', 'blocked-payment', 'inactive'] as const;

function useColumns(): readonly Column<SupplierRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'name',
      title: t('field.supplier'),
      sort: 'name',
      wide: true,
      cell: (row) => (
        <RecordLink kind="supplier" id={row.id}>
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
      name: 'status',
      title: t('field.status'),
      sort: 'status',
      cell: (row) => <StatusMark status={row.status} />,
    },
    {
      name: 'preferred',
      title: t('field.preferred'),
      cell: (row) => <Maybe text={row.preferred === true ? t('state.yes') : undefined} />,
    },
    {
      name: 'creditRating',
      title: t('field.creditRating'),
      sort: 'creditRating',
      cell: (row) => <Maybe text={row.creditRating} />,
    },
    {
      name: 'city',
      title: t('field.place'),
      sort: 'city',
      cell: (row) => (
        <Maybe text={[row.city, row.region].filter((part) => part !== undefined).join(', ')} />
      ),
    },
    {
      name: 'country',
      title: t('field.country'),
      sort: 'country',
      cell: ({ country }) =>
        country === undefined ? (
          <Nothing />
        ) : (
          <FilterLink name="country" value={country} label={t('field.country')}>
            {format.country(country)}
          </FilterLink>
        ),
    },
  ];
}

/** Everyone we buy from. */
export function SuppliersPage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  const format = useFormat();
  const country = search['country'];
  return (
    <>
      <PageHead title={t('nav.suppliers')} />
      <ListView
        label={t('nav.suppliers')}
        searchLabel={t('suppliers.search')}
        choices={[
          {
            name: 'status',
            label: t('field.status'),
            values: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
          {
            name: 'preferred',
            label: t('field.preferred'),
            values: [
              { value: 'true', label: t('state.yes') },
              { value: 'false', label: t('state.no') },
            ],
          },
          ...useIntegrationChoice(),
        ]}
        filters={
          country === undefined ? null : (
            <Chip name="country" label={t('field.country')} text={format.country(country)} />
          )
        }
        list={useList('listSuppliers')}
        columns={useColumns()}
        keyOf={(row) => row.id}
        empty={{
          title: t('suppliers.empty'),
          hint: t('list.emptyHint'),
          action: <ToIntegrations />,
        }}
      />
    </>
  );
}
