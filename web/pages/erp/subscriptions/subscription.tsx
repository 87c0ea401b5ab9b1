import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../../shared/async.tsx';
import { DataTable, Nothing } from '../../../shared/data-table.tsx';
import { Card, Facts } from '../../../shared/facts.tsx';
import { Amount, Day } from '../../../shared/figure.tsx';
import { useBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { DocumentLink, PartyLink } from '../links.tsx';
import { ObjectPage } from '../object-page.tsx';
import { usePlanName } from './plans.ts';
import { SubscriptionActs } from './subscription-acts.tsx';
import { Terms } from '../terms.tsx';

type Reply = ReplyOf<'getSubscription'>;
type Subscription = Reply['subscription'];
type Event = Subscription['events'][number];
type Charge = Reply['charges'][number];

/** What happened to it, newest first, and how that moved recurring revenue. */
function Events({ of }: { readonly of: Subscription }): ReactNode {
  const kit = useColumnKit();
  const planOf = usePlanName();
  const { currency } = of;
  return (
    <Card title={kit.t('erp.events')}>
      <DataTable
        label={kit.t('erp.events')}
        rows={of.events.toReversed()}
        keyOf={({ number }) => String(number)}
        columns={[
          kit.day<Event>('erp.field.validFrom', ({ on }) => on),
          {
            ...kit.text<Event>('erp.field.event', ({ action }) =>
              kit.t(`erp.subscriptionEvent.${action}`),
            ),
            lead: true,
          },
          kit.text<Event>('erp.field.plan', ({ plan }) => planOf(plan)),
          kit.quantity<Event>('erp.field.quantity', ({ quantity }) => quantity),
          kit.price<Event>(
            'field.unitPrice',
            ({ unitPrice }) => unitPrice,
            () => currency,
          ),
          kit.amount<Event>(
            'erp.field.mrr',
            ({ mrr }) => mrr,
            () => currency,
          ),
          kit.text<Event>('erp.field.movement', ({ movement }) =>
            movement === null ? null : kit.t(`erp.mrr.${movement}`),
          ),
          { ...kit.text<Event>('erp.field.reason', ({ reason }) => reason), wide: true },
        ]}
      />
    </Card>
  );
}

/** What was charged for it, interval by interval. */
function Charges(props: { readonly of: readonly Charge[]; readonly currency: string }): ReactNode {
  const { of, currency } = props;
  const kit = useColumnKit();
  if (of.length === 0) {
    return (
      <Card title={kit.t('erp.charges')}>
        <p className="erp-note rialto-dim">{kit.t('erp.noCharges')}</p>
      </Card>
    );
  }
  const documentOf = ({ document, documentNumber }: Charge): ReactNode =>
    document === null ? (
      <Nothing />
    ) : (
      <DocumentLink kind="customer-invoice" id={document} number={documentNumber ?? document} />
    );
  return (
    <Card title={kit.t('erp.charges')}>
      <DataTable
        label={kit.t('erp.charges')}
        rows={of.toReversed()}
        keyOf={({ number }) => String(number)}
        columns={[
          kit.day<Charge>('erp.field.validFrom', ({ periodFrom }) => periodFrom),
          kit.day<Charge>('erp.field.before', ({ periodTo }) => periodTo),
          kit.text<Charge>('field.kind', ({ kind }) => kit.t(`erp.charge.${kind}`)),
          kit.amount<Charge>(
            'erp.field.amount',
            ({ amount }) => amount,
            () => currency,
          ),
          kit.amount<Charge>(
            'erp.field.earned',
            ({ released }) => released,
            () => currency,
          ),
          kit.own<Charge>('erp.field.document', documentOf),
        ]}
      />
    </Card>
  );
}

/** One subscription: what is paid for how long, what happened to it, what was charged. */
export function SubscriptionPage({ id }: { readonly id: string }): ReactNode {
  const { t, format } = useColumnKit();
  const { code } = useEntity();
  const planOf = usePlanName();
  const found = useBooks('getSubscription', { params: { entity: code, id } });
  return (
    <Async of={loadable(found)}>
      {({ subscription: of, charges }) => (
        <ObjectPage
          list="subscriptions"
          title={t('erp.kind.subscription')}
          standing={of.status}
          of={of}
          tiles={[
            [
              t('erp.field.mrr'),
              <Amount key="mrr" of={{ amount: of.mrr, currency: of.currency }} />,
            ],
            [t('erp.field.customer'), <PartyLink key="who" id={of.customer} side="customers" />],
            [t('erp.field.plan'), `${format.decimal(of.quantity)} × ${planOf(of.plan)}`],
            [t('erp.field.endsOn'), <Day key="end" of={of.endsOn ?? undefined} />],
          ]}
          acts={<SubscriptionActs of={of} />}
        >
          <Events of={of} />
          <Charges of={charges} currency={of.currency} />
          <Card title={t('order.facts')}>
            <Facts
              of={[
                [t('erp.field.startsOn'), <Day key="start" of={of.startsOn} />],
                [
                  t('erp.field.termMonths'),
                  of.termMonths === null ? t('erp.untilEnded') : String(of.termMonths),
                ],
                [
                  t('erp.renews'),
                  of.termMonths === null ? '' : t(of.autoRenews ? 'state.yes' : 'state.no'),
                ],
                [t('erp.field.paymentTerms'), <Terms key="t" of={of.paymentTerms} />],
              ]}
            />
          </Card>
        </ObjectPage>
      )}
    </Async>
  );
}
