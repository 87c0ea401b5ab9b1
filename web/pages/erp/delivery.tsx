import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Async, loadable } from '../../shared/async.tsx';
import type { Column } from '../../shared/data-table.tsx';
import { Day, Maybe } from '../../shared/figure.tsx';
import { useMay } from '../../shared/use-may.ts';
import { callBooks, useBooks } from './ask-books.ts';
import { Acts, TakeBackForm } from './booking-form.tsx';
import { useColumnKit, useMovedColumns } from './columns.tsx';
import { useEntity } from './entity.ts';
import { InvoiceForm } from './invoice-form.tsx';
import { Lines } from './lines.tsx';
import { PartyLink } from './links.tsx';
import { standingOfMoved } from './moved.ts';
import { ObjectPage } from './object-page.tsx';

type Line = ReplyOf<'getDelivery'>['lines'][number];

function useLineColumns(): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    ...useMovedColumns<Line>('sales-orders'),
    kit.amount<Line>('erp.field.cost', ({ cost }) => cost),
  ];
}

/** One delivery: what left, against which order, and what it cost. */
export function Delivery({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const params = { entity: code, id };
  const columns = useLineColumns();
  const delivery = useBooks('getDelivery', { params });
  const mayPost = useMay('sales:post');
  const mayCharge = useMay('receivables:post');
  return (
    <Async of={loadable(delivery)}>
      {(of) => {
        const stands = of.kind !== 'reversal' && of.reversedBy === null;
        return (
          <ObjectPage
            list="deliveries"
            kind="delivery"
            title={t('erp.kind.delivery')}
            standing={standingOfMoved(of)}
            of={of}
            tiles={[
              [t('erp.field.customer'), <PartyLink key="who" id={of.customer} side="customers" />],
              [t('field.shippedOn'), <Day key="shipped" of={of.shippedOn} />],
              [t('erp.field.postedOn'), <Day key="posted" of={of.postedOn} />],
              [t('erp.field.carrier'), <Maybe key="by" text={of.carrier ?? undefined} />],
            ]}
            acts={
              <Acts>
                {mayCharge && stands && of.kind === 'delivery' ? (
                  <InvoiceForm deliveries={[id]} />
                ) : null}
                {mayCharge && stands && of.kind === 'return' ? (
                  <TakeBackForm
                    title={t('erp.act.creditReturn')}
                    about={t('erp.act.creditReturnAbout')}
                    act={({ on, reason, key }) =>
                      callBooks('postCustomerCreditNote', {
                        params: { entity: code },
                        body: { issuedOn: on, postedOn: on, reason, returns: [id] },
                        key,
                      })
                    }
                  />
                ) : null}
                {mayPost && stands ? (
                  <TakeBackForm
                    title={t('erp.act.takeBack')}
                    about={t('erp.act.takeBackAbout')}
                    act={({ key, ...body }) => callBooks('reverseDelivery', { params, body, key })}
                  />
                ) : null}
              </Acts>
            }
          >
            <Lines of={of.lines} columns={columns} />
          </ObjectPage>
        );
      }}
    </Async>
  );
}
