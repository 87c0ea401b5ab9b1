import type { ReactNode } from 'react';
import { useServer } from '../api/ask-server.ts';
import { Chip, DayBox } from '../shared/list-filters.tsx';
import { ListView, ToIntegrations } from '../shared/list-view.tsx';
import { useOrderColumns } from '../shared/order-columns.tsx';
import { PageHead } from '../shared/page-head.tsx';
import { useList } from '../shared/use-list.ts';
import { useIntegrationChoice } from '../shared/use-integration-choice.ts';
import { useUrl } from '../shared/use-url.ts';
import { useTranslation } from '../shared/i18n.ts';

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

function SupplierChip({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const supplier = useServer('getSupplier', { params: { id } });
  return <Chip name="supplier" label={t('field.supplier')} text={supplier.data?.name ?? id} />;
}

function ItemChip({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const item = useServer('getItem', { params: { id } });
  return <Chip name="item" label={t('field.item')} text={item.data?.name ?? id} />;
}

/** The statuses of an address, in words: a list a figure leads to names several. */
function StatusChip({ text }: { readonly text: string }): ReactNode {
  const { t } = useTranslation();
  const known = STATUSES.filter((status) => text.split(',').includes(status));
  const words = known.map((status) => t(`status.${status}`)).join(', ');
  return <Chip name="status" label={t('field.status')} text={words} />;
}

/** What we ordered, from whom, and how far each order has come. */
export function OrdersPage(): ReactNode {
  const { t } = useTranslation();
  const [search] = useUrl();
  const { supplier, item, status } = search;
  const several = status?.includes(',') === true;
  return (
    <>
      <PageHead title={t('nav.orders')} />
      <ListView
        label={t('nav.orders')}
        searchLabel={t('orders.search')}
        choices={[
          ...(several
            ? []
            : [
                {
                  name: 'status',
                  label: t('field.status'),
                  values: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
                },
              ]),
          ...useIntegrationChoice(),
        ]}
        filters={
          <>
            <DayBox name="from" label={t('orders.from')} />
            <DayBox name="to" label={t('orders.to')} />
            {several ? <StatusChip text={status} /> : null}
            {supplier === undefined ? null : <SupplierChip id={supplier} />}
            {item === undefined ? null : <ItemChip id={item} />}
          </>
        }
        list={useList('listPurchaseOrders')}
        columns={useOrderColumns()}
        keyOf={(row) => row.id}
        empty={{
          title: t('orders.empty'),
          hint: t('list.emptyHint'),
          action: <ToIntegrations />,
        }}
      />
    </>
  );
}
