import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Card } from '../../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { FigureTile } from './figure-tile.tsx';

/** Where each kind of decision waits. */
const LISTS = {
  ordersOnHold: { list: 'sales-orders', status: 'on-credit-hold' },
  purchaseOrders: { list: 'purchase-orders', status: 'awaiting-approval' },
  requisitions: { list: 'requisitions', status: 'submitted' },
  paymentRuns: { list: 'payment-runs', status: 'proposed' },
  dunningRuns: { list: 'dunning-runs', status: 'proposed' },
  changeOrders: { list: 'project-change-orders', status: 'draft' },
} as const;
const KINDS = [
  'ordersOnHold',
  'purchaseOrders',
  'requisitions',
  'paymentRuns',
  'dunningRuns',
  'changeOrders',
] as const satisfies readonly (keyof typeof LISTS)[];

/** What nobody has decided yet; nothing is shown where nothing waits. */
export function DecisionsCard(props: {
  readonly of: ReplyOf<'getCompanyOverview'>['decisions'];
}): ReactNode {
  const { of } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const waiting = KINDS.filter((kind) => (of[kind] ?? 0) > 0);
  if (waiting.length === 0) return null;
  return (
    <Card title={t('erp.glance.decisions')}>
      <div className="rialto-tiles">
        {waiting.map((kind) => {
          const { list, status } = LISTS[kind];
          const name = kind === 'ordersOnHold' ? t('erp.glance.onHold') : t(`erp.list.${list}`);
          return (
            <FigureTile key={kind} name={name} isBad list={list} by={{ status }}>
              {format.count(of[kind] ?? 0)}
            </FigureTile>
          );
        })}
      </div>
    </Card>
  );
}
