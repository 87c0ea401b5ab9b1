import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActButton } from '../../../shared/act-button.tsx';
import { differenceOf } from '../../../shared/exact.ts';
import { useTranslation } from '../../../shared/i18n.ts';
import { ReasonForm } from '../../../shared/reason-form.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { Acts, TakeBackForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { isAbove } from '../left.ts';
import { ConfirmOperation } from './confirm-operation.tsx';
import { IssueMaterials, missingOf, ReceiveProduct } from './move-goods.tsx';
import { OutsideActs } from './outside-acts.tsx';

type Order = ReplyOf<'getWorkOrder'>;

/** What is booked while an order is worked on. */
function Work({ of }: { readonly of: Order }): ReactNode {
  const inside = of.operations.filter(({ kind, isFinal }) => kind === 'inside' && !isFinal);
  const hasMade = isAbove(differenceOf(of.good, of.received) ?? '0');
  return (
    <>
      {missingOf(of).length > 0 ? <IssueMaterials key={`issue ${of.version}`} of={of} /> : null}
      {inside.length > 0 ? <ConfirmOperation of={of} operations={inside} /> : null}
      <OutsideActs of={of} />
      {hasMade ? <ReceiveProduct key={`receive ${of.received}`} of={of} /> : null}
    </>
  );
}

/** What a work order's status lets one do, of what one may. */
export function WorkOrderActs({ of }: { readonly of: Order }): ReactNode {
  const { id, version, status } = of;
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayWrite = useMay('production:write');
  const mayPost = useMay('production:post');
  const params = { entity: code, id };
  const isOpen = ['released', 'in-progress', 'completed'].includes(status);
  return (
    <Acts>
      {mayWrite && status === 'planned' ? (
        <div className="rialto-tools">
          <ActButton
            main
            text={t('erp.act.release')}
            act={() => callBooks('releaseWorkOrder', { params, body: { version } })}
          />
          <span className="rialto-dim">{t('erp.act.releaseAbout')}</span>
        </div>
      ) : null}
      {mayPost && isOpen ? <Work of={of} /> : null}
      {mayPost && isOpen && status !== 'released' ? (
        <TakeBackForm
          title={t('erp.act.closeWorkOrder')}
          about={t('erp.act.closeWorkOrderAbout')}
          act={({ key, ...body }) =>
            callBooks('closeWorkOrder', { params, body: { version, ...body }, key })
          }
        />
      ) : null}
      {mayWrite && (status === 'planned' || status === 'released') ? (
        <ReasonForm
          title={t('erp.act.cancel')}
          about={t('erp.act.cancelAbout')}
          act={(reason) => callBooks('cancelWorkOrder', { params, body: { version, reason } })}
        />
      ) : null}
    </Acts>
  );
}
