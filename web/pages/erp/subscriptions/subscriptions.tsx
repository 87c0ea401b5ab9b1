import type { ReactNode } from 'react';
import { useMay } from '../../../shared/use-may.ts';
import { BooksList, useStandingChoice } from '../books-list.tsx';
import { useColumnKit } from '../columns.tsx';
import type { RowOf } from '../use-cursor-list.tsx';
import { BillingRun } from './billing-run.tsx';
import { NewSubscription } from './new-subscription.tsx';
import { usePlanName } from './plans.ts';
import { ReleaseRevenue } from './release-revenue.tsx';

type Row = RowOf<'listSubscriptions'>;

/** What customers pay again and again, and what is done with all of it at once. */
export function Subscriptions(): ReactNode {
  const kit = useColumnKit();
  const planOf = usePlanName();
  const [mayWrite, mayPost] = [useMay('subscriptions:write'), useMay('subscriptions:post')];
  return (
    <BooksList
      list="subscriptions"
      route="listSubscriptions"
      filters={['status', 'customer']}
      choices={[useStandingChoice('status', ['active', 'paused', 'ended'])]}
      searchAs="number"
      searchLabel={kit.t('erp.search.number')}
      keyOf={({ id }) => id}
      sort="-number"
      sorts={{
        number: 'number',
        party: 'customer',
        'erp.field.mrr': 'mrr',
        'erp.field.startsOn': 'startsOn',
      }}
      emptyHint={kit.t('erp.empty.subscriptions')}
      above={
        mayWrite || mayPost ? (
          <section className="rialto-card erp-new" aria-label={kit.t('erp.acts')}>
            {mayWrite ? <NewSubscription /> : null}
            {mayPost ? <BillingRun /> : null}
            {mayPost ? <ReleaseRevenue /> : null}
          </section>
        ) : null
      }
      columns={[
        kit.number<Row>('subscription'),
        kit.party<Row>('customers', ({ customer }) => customer),
        kit.text<Row>('erp.field.plan', ({ plan }) => planOf(plan)),
        kit.standing<Row>(({ status }) => status),
        kit.quantity<Row>('erp.field.quantity', ({ quantity }) => quantity),
        kit.amount<Row>(
          'erp.field.mrr',
          ({ mrr }) => mrr,
          ({ currency }) => currency,
        ),
        kit.day<Row>('erp.field.startsOn', ({ startsOn }) => startsOn),
        kit.day<Row>('erp.field.endsOn', ({ endsOn }) => endsOn),
      ]}
    />
  );
}
