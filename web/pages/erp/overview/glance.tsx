import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, Empty, loadable } from '../../../shared/async.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { isAbove } from '../left.ts';
import { ToList } from '../links.tsx';
import { DecisionsCard } from './decisions-card.tsx';
import { GoodsCard } from './goods-card.tsx';
import { MoneyCard } from './money-card.tsx';
import { TradeCard } from './trade-card.tsx';

type Overview = ReplyOf<'getCompanyOverview'>;

/** Whether books say nothing yet. */
const isUnwritten = ({ sales, purchasing, stock, receivables, payables, months }: Overview) =>
  (sales?.open ?? 0) + (purchasing?.open ?? 0) + (stock?.positions ?? 0) === 0 &&
  !isAbove(receivables?.open ?? '0') &&
  !isAbove(payables?.open ?? '0') &&
  !(months ?? []).some(({ revenue }) => isAbove(revenue));

function Unwritten(): ReactNode {
  const { t } = useTranslation();
  const mayImport = useMay('imports:write');
  return (
    <div className="rialto-card">
      <Empty
        title={t('erp.glance.nothing')}
        hint={t('erp.glance.nothingHint')}
        action={mayImport ? <ToList list="imports">{t('erp.glance.bringIn')}</ToList> : undefined}
      />
    </div>
  );
}

/** How the company stands: what asks for something first, then the figures with their proofs. */
export function Glance(): ReactNode {
  const { code } = useEntity();
  const found = useBooks('getCompanyOverview', { params: { entity: code } }, { keep: true });
  return (
    <Async of={loadable(found)} isEmpty={isUnwritten} empty={<Unwritten />}>
      {(of) => (
        <>
          <DecisionsCard of={of.decisions} />
          <div className="erp-glance">
            <TradeCard side="customers" orders={of.sales} owed={of.receivables} whole={of} />
            <TradeCard side="suppliers" orders={of.purchasing} owed={of.payables} whole={of} />
            <GoodsCard of={of} />
            <MoneyCard of={of} />
          </div>
        </>
      )}
    </Async>
  );
}
