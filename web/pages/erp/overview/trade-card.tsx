import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Card } from '../../../shared/facts.tsx';
import { Amount } from '../../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { AgeBars } from '../age-bars.tsx';
import { FigureTile } from './figure-tile.tsx';

type Overview = ReplyOf<'getCompanyOverview'>;
type Orders = Overview['sales'] & object;
type Owed = Overview['receivables'] & object;
type Side = 'customers' | 'suppliers';

/** What each side's figures are called, and where they are proven. */
const SIDES = {
  customers: {
    orders: 'sales-orders',
    status: 'confirmed,partly-delivered',
    open: 'erp.glance.salesOrders',
    late: 'erp.glance.salesLate',
    counted: 'erp.glance.orders',
    items: 'receivables',
  },
  suppliers: {
    orders: 'purchase-orders',
    status: 'issued,partly-received',
    open: 'erp.glance.purchaseOrders',
    late: 'erp.glance.purchaseLate',
    counted: 'erp.glance.purchases',
    items: 'payables',
  },
} as const;

function OrderTiles(props: {
  readonly side: Side;
  readonly of: Orders;
  readonly whole: Overview;
}): ReactNode {
  const { side, of, whole } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, on } = whole;
  const { orders, status, open, late, counted } = SIDES[side];
  const noteOf = (count: number): string => t(counted, { count, text: format.count(count) });
  return (
    <div className="rialto-tiles">
      <FigureTile name={t(open)} note={noteOf(of.open)} list={orders} by={{ status }}>
        <Amount of={{ amount: of.openAmount, currency }} />
      </FigureTile>
      <FigureTile
        name={t(late)}
        note={noteOf(of.late)}
        isBad={of.late > 0}
        list={orders}
        by={{ lateOn: on }}
      >
        <Amount of={{ amount: of.lateAmount, currency }} />
      </FigureTile>
    </div>
  );
}

function OwedTiles(props: {
  readonly side: Side;
  readonly of: Owed;
  readonly whole: Overview;
}): ReactNode {
  const { side, of, whole } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { currency, on, until } = whole;
  const list = SIDES[side].items;
  const noteOf = (count: number): string =>
    t('erp.glance.items', { count, text: format.count(count) });
  return (
    <div className="rialto-tiles">
      <FigureTile name={t(`erp.list.${list}`)} list={`${list}-aging`}>
        <Amount of={{ amount: of.open, currency }} />
      </FigureTile>
      <FigureTile
        name={t('erp.glance.overdue')}
        note={noteOf(of.overdueItems)}
        isBad={of.overdueItems > 0}
        list={list}
        by={{ state: 'overdue' }}
      >
        <Amount of={{ amount: of.overdue, currency }} />
      </FigureTile>
      <FigureTile
        name={t('erp.glance.soon')}
        note={noteOf(of.soonItems)}
        list={list}
        by={{ from: on, to: until }}
      >
        <Amount of={{ amount: of.soon, currency }} />
      </FigureTile>
    </div>
  );
}

/** What there is between us and one side of the market: orders, and what is owed and how old it is. */
export function TradeCard(props: {
  readonly side: Side;
  readonly orders: Orders | undefined;
  readonly owed: Owed | undefined;
  readonly whole: Overview;
}): ReactNode {
  const { side, orders, owed, whole } = props;
  const { t } = useTranslation();
  if (orders === undefined && owed === undefined) return null;
  return (
    <Card title={t(`erp.glance.${side}`)}>
      {orders === undefined ? null : <OrderTiles side={side} of={orders} whole={whole} />}
      {owed === undefined ? null : <OwedTiles side={side} of={owed} whole={whole} />}
      {owed === undefined ? null : <AgeBars sums={[owed.notDue, ...owed.byAge]} isSmall />}
    </Card>
  );
}
