import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { Acts } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';

type Refused = ReplyOf<'executePaymentRun'>['refused'];

/** What can be done with a run: approve it (by another), withdraw it, pay it. */
export function PaymentRunActs({
  of: { id, version, status },
}: {
  readonly of: ReplyOf<'getPaymentRun'>;
}): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const mayDecide = useMay('payables:approve');
  const mayPay = useMay('payables:pay');
  const [refused, setRefused] = useState<Refused>([]);
  const params = { entity: code, id };
  const decide = (decision: 'approve' | 'withdraw') => (key: string) =>
    callBooks('decidePaymentRun', { params, body: { version, decision }, key });
  const pay = async (key: string): Promise<void> => {
    const paid = await callBooks('executePaymentRun', { params, body: { version }, key });
    setRefused(paid.refused);
  };
  return (
    <>
      <Acts>
        {mayDecide && status === 'proposed' ? (
          <BookingButton
            main
            text={t('erp.act.approve')}
            about={t('erp.act.approveRunAbout')}
            act={decide('approve')}
          />
        ) : null}
        {mayPay && status === 'approved' ? (
          <BookingButton
            main
            text={t('erp.act.payRun')}
            about={t('erp.act.payRunAbout')}
            act={pay}
          />
        ) : null}
        {mayDecide && status === 'proposed' ? (
          <BookingButton
            text={t('erp.act.withdraw')}
            about={t('erp.act.withdrawAbout')}
            act={decide('withdraw')}
          />
        ) : null}
      </Acts>
      {refused.length === 0 ? null : (
        <p role="status">
          {t('erp.notPaid', { count: refused.length })}{' '}
          {refused.map(({ message }) => message).join(' · ')}
        </p>
      )}
    </>
  );
}
