import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Card } from '../../../shared/facts.tsx';
import { Amount } from '../../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { FigureTile } from './figure-tile.tsx';

/** What stock is worth and lacks, and what is being made. */
export function GoodsCard({ of }: { readonly of: ReplyOf<'getCompanyOverview'> }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { stock, production, currency, on } = of;
  if (stock === undefined && production === undefined) return null;
  return (
    <Card title={t('erp.glance.goods')}>
      {stock === undefined ? null : (
        <div className="rialto-tiles">
          <FigureTile name={t('erp.glance.stockValue')} list="stock" by={{ sort: '-value' }}>
            <Amount of={{ amount: stock.value, currency }} />
          </FigureTile>
          <FigureTile
            name={t('erp.glance.outOfStock')}
            note={t('erp.glance.positions', {
              count: stock.positions,
              text: format.count(stock.positions),
            })}
            isBad={stock.none > 0}
            list="stock"
            by={{ inStock: 'false' }}
          >
            {format.count(stock.none)}
          </FigureTile>
        </div>
      )}
      {production === undefined ? null : (
        <div className="rialto-tiles">
          <FigureTile
            name={t('erp.glance.running')}
            list="work-orders"
            by={{ status: 'released,in-progress' }}
          >
            {format.count(production.running)}
          </FigureTile>
          <FigureTile
            name={t('erp.glance.workLate')}
            isBad={production.late > 0}
            list="work-orders"
            by={{ lateOn: on }}
          >
            {format.count(production.late)}
          </FigureTile>
        </div>
      )}
    </Card>
  );
}
