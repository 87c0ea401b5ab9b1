import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActButton } from '../../../shared/act-button.tsx';
import { Async, loadable } from '../../../shared/async.tsx';
import { DataTable } from '../../../shared/data-table.tsx';
import { sumOf } from '../../../shared/exact.ts';
import { Card } from '../../../shared/facts.tsx';
import { Amount, Day } from '../../../shared/figure.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { Person, useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { ToList } from '../links.tsx';
import { ObjectPage } from '../object-page.tsx';
import { OpenItemLink } from '../open-item-link.tsx';
import { PaymentRunActs } from './payment-run-acts.tsx';

type Run = ReplyOf<'getPaymentRun'>;
type Item = Run['items'][number];

/** What a run pays; as long as it is a proposal, items may be left out or taken in again. */
function Items({ of }: { readonly of: Run }): ReactNode {
  const kit = useColumnKit();
  const { code } = useEntity();
  const mayChange = useMay('payables:post') && of.status === 'proposed';
  const change = (item: Item): ReactNode =>
    item.leftOutBecause === undefined ? (
      <ActButton
        text={kit.t(item.isLeftOut ? 'erp.act.takeIn' : 'erp.act.leaveOut')}
        act={() =>
          callBooks('changePaymentRun', {
            params: { entity: code, id: of.id },
            body: { version: of.version, items: [{ item: item.item, isLeftOut: !item.isLeftOut }] },
          })
        }
      />
    ) : null;
  const documentOf = ({ item }: Item): ReactNode => <OpenItemLink side="payable" id={item} />;
  return (
    <Card title={kit.t('erp.toBePaid')}>
      <DataTable
        label={kit.t('erp.toBePaid')}
        rows={of.items}
        keyOf={({ item }) => item}
        rowState={({ isLeftOut }) => (isLeftOut ? 'quiet' : undefined)}
        columns={[
          { ...kit.party<Item>('suppliers', ({ supplier }) => supplier), lead: true },
          kit.own<Item>('erp.field.document', documentOf),
          kit.amount<Item>(
            'erp.field.cashDiscount',
            ({ discount }) => discount,
            () => of.currency,
          ),
          kit.amount<Item>(
            'erp.field.amount',
            ({ amount }) => amount,
            () => of.currency,
          ),
          kit.text<Item>('erp.field.leftOutBecause', ({ isLeftOut, leftOutBecause }) =>
            isLeftOut ? kit.t(`erp.leftOut.${leftOutBecause ?? 'by-hand'}`) : null,
          ),
          ...(mayChange ? [kit.own<Item>('erp.field.more', change)] : []),
        ]}
      />
    </Card>
  );
}

/** One payment run: what it pays, what is left out and why, and what can be done. */
export function PaymentRunPage({ id }: { readonly id: string }): ReactNode {
  const { t, format } = useColumnKit();
  const { code } = useEntity();
  const run = useBooks('getPaymentRun', { params: { entity: code, id } });
  return (
    <Async of={loadable(run)}>
      {(of) => {
        const paid = of.items.filter(({ isLeftOut }) => !isLeftOut);
        const amount = sumOf(paid.map((each) => each.amount));
        return (
          <ObjectPage
            list="payment-runs"
            title={t('erp.kind.payment-run')}
            standing={of.status}
            of={of}
            tiles={[
              [
                t('erp.field.amount'),
                <Amount key="amount" of={{ amount, currency: of.currency }} />,
              ],
              [t('erp.field.payOn'), <Day key="day" of={of.payOn} />],
              [
                t('erp.field.suppliers'),
                format.count(new Set(paid.map(({ supplier }) => supplier)).size),
              ],
              [t('erp.field.leftOut'), format.count(of.items.length - paid.length)],
              [t('erp.field.bank'), of.bankAccount],
              [t('erp.field.approvedBy'), <Person key="by" of={of.approvedBy} />],
            ]}
            acts={<PaymentRunActs of={of} />}
          >
            {of.status === 'paid' ? (
              <p className="erp-note">
                <ToList list="supplier-payments" by={{ run: id }}>
                  {t('erp.toPayments')}
                </ToList>
              </p>
            ) : null}
            <Items of={of} />
          </ObjectPage>
        );
      }}
    </Async>
  );
}
