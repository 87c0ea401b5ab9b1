import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ItemDetail } from '#api-contract';
import { useServer } from '../api/ask-server.ts';
import { Async, loadable } from '../shared/async.tsx';
import { DataTable } from '../shared/data-table.tsx';
import type { Column } from '../shared/data-table.tsx';
import { Extensions } from '../shared/extensions.tsx';
import { Card, Facts } from '../shared/facts.tsx';
import { Day, Maybe, Price } from '../shared/figure.tsx';
import { History, SourceText } from '../shared/history.tsx';
import { useFormat, useTranslation } from '../shared/i18n.ts';
import { PageHead } from '../shared/page-head.tsx';
import { RecentOrders } from '../shared/recent-orders.tsx';
import { RefLink } from '../shared/record-link.tsx';
import { StatusMark } from '../shared/status.tsx';
import { TextLink } from '../shared/text-link.tsx';

type Offer = ItemDetail['supplierItems'][number];

function useOfferColumns(): readonly Column<Offer>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      name: 'supplier',
      title: t('field.supplier'),
      wide: true,
      cell: (row) => <RefLink kind="supplier" to={row.supplier} />,
    },
    {
      name: 'standardPrice',
      title: t('field.standardPrice'),
      end: true,
      cell: (row) => <Price of={row.standardPrice} />,
    },
    {
      name: 'lastPrice',
      title: t('field.lastPrice'),
      end: true,
      cell: (row) => <Price of={row.lastReceiptPrice} />,
    },
    {
      name: 'lastReceipt',
      title: t('field.lastReceipt'),
      cell: (row) => <Day of={row.lastReceiptOn} />,
    },
    {
      name: 'leadTime',
      title: t('field.leadTime'),
      end: true,
      cell: (row) => (
        <Maybe
          text={
            row.leadTimeDays === undefined ? undefined : t('item.days', { count: row.leadTimeDays })
          }
        />
      ),
    },
    {
      name: 'minOrder',
      title: t('field.minOrder'),
      end: true,
      cell: (row) => (
        <Maybe
          text={
            row.minOrderQuantity === undefined
              ? undefined
              : `${format.decimal(row.minOrderQuantity)} ${row.unit ?? ''}`
          }
        />
      ),
    },
  ];
}

function ItemFacts({ of }: { readonly of: ItemDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const figure = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : `${format.decimal(text)} ${of.baseUnit}`;
  const days = of.leadTimeDays;
  return (
    <Card title={t('detail.facts')}>
      <Facts
        of={[
          [t('field.number'), of.number],
          [t('field.status'), <StatusMark key="status" status={of.status} />],
          [t('field.kind'), t(`itemKind.${of.kind}`)],
          [t('field.category'), of.categoryPath.join(' › ')],
          [t('field.baseUnit'), of.baseUnit],
          [t('field.standardCost'), <Price key="cost" of={of.standardCost} />],
          [t('field.listPrice'), <Price key="list" of={of.listPrice} />],
          [t('field.safetyStock'), figure(of.safetyStock)],
          [t('field.reorderPoint'), figure(of.reorderPoint)],
          [t('field.leadTime'), days === undefined ? undefined : t('item.days', { count: days })],
          [t('field.source'), <SourceText key="source" of={of.source} />],
          [t('field.seenAt'), format.moment(of.seenAt)],
        ]}
      />
    </Card>
  );
}

function Offers({ of }: { readonly of: ItemDetail }): ReactNode {
  const { t } = useTranslation();
  const columns = useOfferColumns();
  return (
    <Card title={t('item.suppliers')}>
      {of.supplierItems.length === 0 ? (
        <p className="rialto-note">{t('item.noSuppliers')}</p>
      ) : (
        <DataTable
          label={t('item.suppliers')}
          columns={columns}
          rows={of.supplierItems}
          keyOf={(row, at) => `${row.supplier.key} ${at}`}
        />
      )}
    </Card>
  );
}

function Orders({ of }: { readonly of: ItemDetail }): ReactNode {
  const { t } = useTranslation();
  const texts = { title: t('item.recent'), none: t('item.noOrders'), all: t('item.all') };
  return <RecentOrders orders={of.recentOrders} filter={{ item: of.id }} {...texts} />;
}

/** One item: what it is, who sells it at which price, and where it was ordered. */
export function ItemPage(): ReactNode {
  const { id } = useParams({ from: '/items/$id' });
  const { t } = useTranslation();
  const item = useServer('getItem', { params: { id } });
  return (
    <>
      <PageHead
        title={item.data?.name ?? t('field.item')}
        above={
          <TextLink to="/items" className="rialto-crumb">
            {t('nav.items')}
          </TextLink>
        }
      />
      <Async of={loadable(item)}>
        {(of) => (
          <div className="rialto-stack">
            <div className="rialto-columns">
              <ItemFacts of={of} />
              <Offers of={of} />
            </div>
            <Orders of={of} />
            <Extensions of={of.extensions} />
            <History id={of.id} />
          </div>
        )}
      </Async>
    </>
  );
}
