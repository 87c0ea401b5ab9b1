import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { differenceOf } from '../../../shared/exact.ts';
import { useTranslation } from '../../../shared/i18n.ts';
import { ReasonForm } from '../../../shared/reason-form.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { Acts, TakeBackForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { isAbove } from '../left.ts';
import { ChangeComponents } from './change-components.tsx';
import { ConfirmOperation } from './confirm-operation.tsx';
import { IssueMaterials, missingOf, ReceiveProduct } from './move-goods.tsx';
import { OutsideActs } from './outside-acts.tsx';
import { TakePostingBack } from './postings.tsx';
import { ReleaseWorkOrder } from './release-work-order.tsx';

type Order = ReplyOf<'getWorkOrder'>;

/** What is booked while an order is worked on. */
function Work({ of }: { readonly of: Order }): ReactNode {
  // The order's version stays as it is while it is worked on: what was done tells one form from the next.
  const done = of.operations.map(({ good, scrap, rework }) => `${good} ${scrap} ${rework}`).join();
  const inside = of.operations.filter(({ kind, isFinal }) => kind === 'inside' && !isFinal);
  const hasMade = isAbove(differenceOf(of.good, of.received) ?? '0');
  return (
    <>
      {missingOf(of).length > 0 ? (
        <IssueMaterials key={`issue ${of.components.map(({ issued }) => issued).join()}`} of={of} />
      ) : null}
      {inside.length > 0 ? (
        <ConfirmOperation key={`confirm ${done}`} of={of} operations={inside} />
      ) : null}
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
      {mayWrite && status === 'planned' ? <ReleaseWorkOrder of={of} /> : null}
      {mayPost && isOpen ? <Work of={of} /> : null}
      {mayWrite && (status === 'released' || status === 'in-progress') ? (
        <ChangeComponents key={`components ${version}`} of={of} />
      ) : null}
      {mayPost && isOpen && status !== 'released' ? (
        <TakeBackForm
          title={t('erp.act.closeWorkOrder')}
          about={t('erp.act.closeWorkOrderAbout')}
          act={({ key, ...body }) =>
            callBooks('closeWorkOrder', { params, body: { version, ...body }, key })
          }
        />
      ) : null}
      {mayPost && status !== 'planned' ? (
        <TakePostingBack key={`back ${version}`} order={id} />
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
