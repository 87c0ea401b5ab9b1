import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import { Card, Facts } from '../../shared/facts.tsx';
import { Amount, Day } from '../../shared/figure.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { useMay } from '../../shared/use-may.ts';
import { callBooks, useBooks } from './ask-books.ts';
import { Acts, TakeBackForm } from './booking-form.tsx';
import { useEntity } from './entity.ts';
import { DocumentLink, PartyLink } from './links.tsx';
import { ObjectPage } from './object-page.tsx';

type Shown = ReplyOf<'getCustomerPayment'> | ReplyOf<'getSupplierPayment'>;

/** What a payment says of itself; of one that a run made, the way to that run. */
function Reference({ of }: { readonly of: Shown }): ReactNode {
  const run = 'run' in of ? of.run : null;
  if (run === null) return of.reference;
  return <DocumentLink kind="payment-run" id={run} number={of.reference} />;
}

function Payment(props: {
  readonly side: 'customer' | 'supplier';
  readonly of: Shown;
  readonly party: string;
  readonly mayTakeBack: boolean;
  readonly takeBack: Parameters<typeof TakeBackForm>[0]['act'];
}): ReactNode {
  const { side, of, party, mayTakeBack, takeBack } = props;
  const { t } = useTranslation();
  const { currency: companyCurrency } = useEntity();
  const { amount, currency } = of;
  return (
    <ObjectPage
      list={`${side}-payments`}
      kind={`${side}-payment`}
      title={t(`erp.kind.${side}-payment`)}
      standing={of.takenBackOn === null ? 'posted' : 'taken-back'}
      of={of}
      tiles={[
        [t('erp.field.amount'), <Amount key="amount" of={{ amount, currency }} />],
        [
          t(side === 'customer' ? 'erp.field.customer' : 'field.supplier'),
          <PartyLink key="who" id={party} side={`${side}s`} />,
        ],
        [t('erp.field.paidOn'), <Day key="paid" of={of.paidOn} />],
        [t('erp.field.bank'), of.bankAccount],
      ]}
      acts={
        <Acts>
          {mayTakeBack && of.takenBackOn === null ? (
            <TakeBackForm
              title={t('erp.act.bounce')}
              about={t('erp.act.bounceAbout')}
              act={takeBack}
            />
          ) : null}
        </Acts>
      }
    >
      <Card title={t('order.facts')}>
        <Facts
          of={[
            [t('erp.field.method'), t(`erp.method.${of.method}`)],
            [
              t('erp.field.companyAmount'),
              currency === companyCurrency ? undefined : (
                <Amount key="own" of={{ amount: of.companyAmount, currency: companyCurrency }} />
              ),
            ],
            [
              t('erp.field.reference'),
              of.reference === '' ? undefined : <Reference key="reference" of={of} />,
            ],
          ]}
        />
      </Card>
    </ObjectPage>
  );
}

/** One payment of a customer. */
export function CustomerPayment({ id }: { readonly id: string }): ReactNode {
  const { code } = useEntity();
  const params = { entity: code, id };
  const payment = useBooks('getCustomerPayment', { params });
  const may = useMay('receivables:post');
  return (
    <Async of={loadable(payment)}>
      {(of) => (
        <Payment
          side="customer"
          of={of}
          party={of.customer}
          mayTakeBack={may}
          takeBack={({ key, ...body }) =>
            callBooks('reverseCustomerPayment', { params, body, key })
          }
        />
      )}
    </Async>
  );
}

/** One payment to a supplier. */
export function SupplierPayment({ id }: { readonly id: string }): ReactNode {
  const { code } = useEntity();
  const params = { entity: code, id };
  const payment = useBooks('getSupplierPayment', { params });
  const may = useMay('payables:pay');
  return (
    <Async of={loadable(payment)}>
      {(of) => (
        <Payment
          side="supplier"
          of={of}
          party={of.supplier}
          mayTakeBack={may}
          takeBack={({ key, ...body }) =>
            callBooks('reverseSupplierPayment', { params, body, key })
          }
        />
      )}
    </Async>
  );
}
