import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Card } from '../../../shared/facts.tsx';
import { Amount } from '../../../shared/figure.tsx';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { heightOf } from '../bars.ts';
import { useEntity } from '../entity.ts';
import { FigureTile } from './figure-tile.tsx';

type Overview = ReplyOf<'getCompanyOverview'>;
type Months = Overview['months'] & object;

/** Revenue month by month; each bar leads to the month's income statement. */
function MonthBars({
  of,
  currency,
}: {
  readonly of: Months;
  readonly currency: string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { code } = useEntity();
  const all = of.map(({ revenue }) => revenue);
  return (
    <ul className="erp-months" aria-label={t('erp.glance.byMonth')}>
      {of.map(({ from, to, revenue }) => {
        const text = t('erp.glance.monthOf', {
          month: format.month(from),
          amount: format.money(revenue, currency),
        });
        return (
          <li key={from}>
            <Link
              to="/erp/$list"
              params={{ list: 'income-statement' }}
              search={{ from, to, entity: code }}
              aria-label={text}
              title={text}
            >
              <span className="erp-bar-room" aria-hidden>
                <span className="erp-bar" style={{ height: heightOf(revenue, all) }} />
              </span>
              <span className="erp-month-name" aria-hidden>
                {format.monthName(from)}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function RevenueTiles({ of, whole }: { readonly of: Months; readonly whole: Overview }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = whole;
  return of
    .slice(-2)
    .toReversed()
    .map(({ from, to, revenue }, at) => (
      <FigureTile
        key={from}
        name={t('erp.glance.revenue', { month: format.month(from) })}
        note={t(at === 0 ? 'erp.glance.soFar' : 'erp.glance.before')}
        list="income-statement"
        by={{ from, to }}
      >
        <Amount of={{ amount: revenue, currency }} />
      </FigureTile>
    ));
}

/** What is at banks, what was earned, and whether the books of the months behind are closed. */
export function MoneyCard({ of }: { readonly of: Overview }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { cash, months = [], unclosed, currency } = of;
  if (cash === undefined && unclosed === undefined) return null;
  return (
    <Card title={t('erp.glance.money')}>
      <div className="rialto-tiles">
        {cash === undefined ? null : (
          <FigureTile
            name={t('erp.glance.cash')}
            note={t('erp.glance.accounts', {
              count: cash.accounts,
              text: format.count(cash.accounts),
            })}
            list="bank-accounts"
          >
            <Amount of={{ amount: cash.balance, currency }} />
          </FigureTile>
        )}
        {unclosed === undefined ? null : (
          <FigureTile
            name={t('erp.glance.unclosed')}
            note={
              unclosed.first === undefined
                ? t('erp.glance.allClosed')
                : t('erp.glance.since', { period: unclosed.first })
            }
            isBad={unclosed.periods > 1}
            list="periods"
            by={{ status: 'unclosed' }}
          >
            {format.count(unclosed.periods)}
          </FigureTile>
        )}
      </div>
      {months.length === 0 ? null : (
        <>
          <div className="rialto-tiles">
            <RevenueTiles of={months} whole={of} />
          </div>
          <MonthBars of={months} currency={currency} />
        </>
      )}
    </Card>
  );
}
