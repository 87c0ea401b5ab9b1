import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { RunActs } from '../run-acts.tsx';

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
  const pay = async (key: string): Promise<void> => {
    const paid = await callBooks('executePaymentRun', { params, body: { version }, key });
    setRefused(paid.refused);
  };
  return (
    <>
      <RunActs
        status={status}
        mayDecide={mayDecide}
        decide={(decision, key) =>
          callBooks('decidePaymentRun', { params, body: { version, decision }, key })
        }
        mayCarryOut={mayPay}
        carryOut={{ text: t('erp.act.payRun'), about: t('erp.act.payRunAbout'), act: pay }}
      />
      {refused.length === 0 ? null : (
        <p role="status">
          {t('erp.notPaid', { count: refused.length })}{' '}
          {refused.map(({ message }) => message).join(' · ')}
        </p>
      )}
    </>
  );
}
