import { Pill, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORTS } from '#api-contract';
import type { QueryOf } from '#api-contract';
import { useServer } from '../api/ask-server.ts';
import { addressOf } from '../api/client.ts';
import { loadable } from '../shared/async.tsx';
import { ExportLink, ListView } from '../shared/list-view.tsx';
import { useOrderColumns } from '../shared/order-columns.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useUrl } from '../shared/use-url.ts';

const STATUSES = [
  'draft',
  'awaiting-approval',
  'issued',
  'partly-received',
  'received',
  'closed',
  'cancelled',
  'rejected',
] as const;

function DayBox({ name, label }: { readonly name: 'from' | 'to'; readonly label: string }) {
  const [search, change] = useUrl();
  return (
    <TextInput
      type="date"
      size="sm"
      aria-label={label}
      title={label}
      value={search[name] ?? ''}
      onChange={({ currentTarget: { value } }) =>
        change({ [name]: value === '' ? undefined : value, page: undefined })
      }
    />
  );
}

function SupplierPill({ id }: { readonly id: string }): ReactNode {
  const [, change] = useUrl();
  const { t } = useTranslation();
  const supplier = useServer('getSupplier', { params: { id } });
  return (
    <Pill
      size="lg"
      withRemoveButton
      removeButtonProps={{
        'aria-label': t('orders.anySupplier'),
        'aria-hidden': false,
        tabIndex: 0,
      }}
      onRemove={() => change({ supplier: undefined, page: undefined })}
    >
      {supplier.data?.name ?? id}
    </Pill>
  );
}

/** What we ordered, from whom, and how far each order has come. */
export function OrdersPage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server checks the address.
  const query = { sort: '-issuedOn', ...search } as QueryOf<'listPurchaseOrders'>;
  const orders = useServer('listPurchaseOrders', { query }, { keep: true });
  const supplier = search['supplier'];
  return (
    <>
      <PageHead title={t('nav.orders')}>
        <ExportLink href={addressOf(EXPORTS.exportPurchaseOrders.path, search)} />
      </PageHead>
      <ListView
        label={t('nav.orders')}
        searchLabel={t('orders.search')}
        choices={[
          {
            name: 'status',
            label: t('field.status'),
            values: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
          },
        ]}
        filters={
          <>
            <DayBox name="from" label={t('orders.from')} />
            <DayBox name="to" label={t('orders.to')} />
            {supplier === undefined ? null : <SupplierPill id={supplier} />}
          </>
        }
        of={loadable(orders)}
        columns={useOrderColumns()}
        keyOf={(row) => row.id}
        empty={{ title: t('orders.empty'), hint: t('list.emptyHint') }}
      />
    </>
  );
}
