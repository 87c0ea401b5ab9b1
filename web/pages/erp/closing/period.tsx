import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, Empty, loadable } from '../../../shared/async.tsx';
import { Card, Tiles } from '../../../shared/facts.tsx';
import { Day } from '../../../shared/figure.tsx';
import { NotFound } from '../../../shared/not-found.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ToList } from '../links.tsx';
import { ObjectHead } from '../object-page.tsx';
import { CloseTasks } from './close-tasks.tsx';
import { CloseYear } from './close-year.tsx';
import { PeriodActs } from './period-acts.tsx';

type Period = ReplyOf<'listPeriods'>['items'][number];

const MONTHS = 12;
const CLOSING = 14; // Takes what closing a year posts, and is itself never closed.

/** What has to be done before the period is closed; the usual tasks are added when there are none. */
function Tasks({ of }: { readonly of: Period }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const mayAdd = useMay('ledger:close');
  const params = { entity: code, year: of.fiscalYear, period: of.period };
  const tasks = useBooks('listCloseTasks', { params });
  return (
    <Card title={t('erp.closeTasks')}>
      <Async
        of={loadable(tasks)}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Empty
            title={t('erp.noCloseTasks')}
            hint={t('erp.noCloseTasksHint')}
            action={
              mayAdd ? (
                <BookingButton
                  text={t('erp.act.addTasks')}
                  act={(key) => callBooks('addCloseTasks', { params, body: {}, key })}
                />
              ) : undefined
            }
          />
        }
      >
        {({ items }) => <CloseTasks of={items} />}
      </Async>
    </Card>
  );
}

function Shown({ of }: { readonly of: Period }): ReactNode {
  const { t } = useColumnKit();
  return (
    <>
      <ObjectHead
        list="periods"
        title={t('erp.periodOf', { period: of.period, year: of.fiscalYear })}
        standing={of.status}
      />
      <div className="rialto-stack">
        <Tiles
          of={[
            [t('erp.field.validFrom'), <Day key="from" of={of.fromOn} />],
            [t('erp.field.validTo'), <Day key="to" of={of.toOn} />],
            [
              t('erp.list.journal-entries'),
              <ToList key="journal" list="journal-entries" by={{ from: of.fromOn, to: of.toOn }}>
                {t('erp.show')}
              </ToList>,
            ],
            [
              t('erp.list.trial-balance'),
              <ToList key="trial" list="trial-balance" by={{ from: of.fromOn, to: of.toOn }}>
                {t('erp.show')}
              </ToList>,
            ],
          ]}
        />
        {of.period > MONTHS ? <CloseYear year={of.fiscalYear} /> : null}
        {of.period === CLOSING ? null : (
          <>
            <PeriodActs of={of} />
            <Tasks of={of} />
          </>
        )}
      </div>
    </>
  );
}

/** One fiscal period: whether it is open, what is to be done before it is closed, and closing it. */
export function PeriodPage({ id }: { readonly id: string }): ReactNode {
  const { code } = useEntity();
  const periods = useBooks('listPeriods', { params: { entity: code } });
  return (
    <Async of={loadable(periods)}>
      {({ items }) => {
        const of = items.find(({ fiscalYear, period }) => `${fiscalYear}-${period}` === id);
        return of === undefined ? <NotFound /> : <Shown of={of} />;
      }}
    </Async>
  );
}
