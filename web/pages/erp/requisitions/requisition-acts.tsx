import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { Acts } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { StepForm } from '../step-form.tsx';
import { OrderRequisition, wishesOf } from './order-requisition.tsx';

type Requisition = ReplyOf<'getRequisition'>;

/** Which steps a requisition's status allows; the server's table says the same. */
const STEPS: Readonly<Record<Requisition['status'], readonly ('withdraw' | 'close' | 'reopen')[]>> =
  {
    draft: ['withdraw'],
    submitted: ['withdraw'],
    approved: ['withdraw', 'close'],
    'partly-ordered': ['close'],
    ordered: ['close'],
    closed: ['reopen'],
    rejected: [],
    withdrawn: [],
  };

/** Approves or rejects; who asked for it cannot, and is told so. */
function Decide({ of: { id, version } }: { readonly of: Requisition }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const params = { entity: code, id };
  return (
    <>
      <BookingButton
        main
        text={t('erp.act.approve')}
        about={t('erp.act.approveAbout')}
        act={(key) =>
          callBooks('decideRequisition', { params, body: { step: 'approve', version }, key })
        }
      />
      <StepForm
        title={t('erp.act.reject')}
        about={t('erp.act.rejectAbout')}
        act={({ reason, key }) =>
          callBooks('decideRequisition', { params, body: { step: 'reject', version, reason }, key })
        }
      />
    </>
  );
}

/** What a requisition's status lets one do, of what one may. */
export function RequisitionActs({ of }: { readonly of: Requisition }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayAsk = useMay('requisitions:write');
  const mayApprove = useMay('purchasing:approve');
  const mayOrder = useMay('purchasing:write');
  const { id, version, status } = of;
  const params = { entity: code, id };
  const isApproved = status === 'approved' || status === 'partly-ordered';
  return (
    <Acts>
      {mayAsk && status === 'draft' ? (
        <BookingButton
          main
          text={t('erp.act.submit')}
          about={t('erp.act.submitAbout')}
          act={(key) =>
            callBooks('stepRequisition', { params, body: { step: 'submit', version }, key })
          }
        />
      ) : null}
      {mayApprove && status === 'submitted' ? <Decide of={of} /> : null}
      {mayOrder && isApproved && wishesOf(of).length > 0 ? (
        <OrderRequisition key={version} of={of} />
      ) : null}
      {mayAsk
        ? STEPS[status].map((step) => (
            <StepForm
              key={step}
              title={t(`erp.act.${step}`)}
              about={t(`erp.act.${step}About`)}
              act={({ reason, key }) =>
                callBooks('stepRequisition', { params, body: { step, version, reason }, key })
              }
            />
          ))
        : null}
    </Acts>
  );
}
