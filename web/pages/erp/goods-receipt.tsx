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
import { Lines } from './lines.tsx';
import { PartyLink } from './links.tsx';
import { standingOfMoved } from './moved.ts';
import { ObjectPage } from './object-page.tsx';

type Line = ReplyOf<'getGoodsReceipt'>['lines'][number];

function useLineColumns(): readonly Column<Line>[] {
  const kit = useColumnKit();
  return [
    ...useMovedColumns<Line>('purchase-orders'),
    kit.quantity<Line>(
      'field.rejected',
      ({ rejected }) => rejected,
      ({ unit }) => unit,
    ),
    kit.amount<Line>('erp.field.value', ({ value }) => value),
  ];
}

/** One goods receipt: what came, against which order, and what it is worth. */
export function GoodsReceipt({ id }: { readonly id: string }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const params = { entity: code, id };
  const columns = useLineColumns();
  const receipt = useBooks('getGoodsReceipt', { params });
  const mayPost = useMay('purchasing:post');
  return (
    <Async of={loadable(receipt)}>
      {(of) => (
        <ObjectPage
          list="goods-receipts"
          kind="goods-receipt"
          title={t('erp.kind.goods-receipt')}
          standing={standingOfMoved(of)}
          of={of}
          tiles={[
            [t('field.supplier'), <PartyLink key="who" id={of.supplier} side="suppliers" />],
            [t('erp.field.receivedOn'), <Day key="came" of={of.receivedOn} />],
            [t('erp.field.postedOn'), <Day key="posted" of={of.postedOn} />],
            [t('erp.field.deliveryNote'), <Maybe key="note" text={of.deliveryNote ?? undefined} />],
          ]}
          acts={
            <Acts>
              {mayPost && of.kind !== 'reversal' && of.reversedBy === null ? (
                <TakeBackForm
                  title={t('erp.act.takeBack')}
                  about={t('erp.act.takeBackAbout')}
                  act={({ key, ...body }) =>
                    callBooks('reverseGoodsReceipt', { params, body, key })
                  }
                />
              ) : null}
            </Acts>
          }
        >
          <Lines of={of.lines} columns={columns} />
        </ObjectPage>
      )}
    </Async>
  );
}
