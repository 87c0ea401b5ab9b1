import type { ReactNode } from 'react';
import { BookingButton } from './booking-button.tsx';
import { Acts } from './booking-form.tsx';
import { useColumnKit } from './columns.tsx';

/** What can be done with a run of items: approve it (by another), carry it out, withdraw it before. */
export function RunActs(props: {
  readonly status: string;
  readonly mayDecide: boolean;
  readonly decide: (decision: 'approve' | 'withdraw', key: string) => Promise<unknown>;
  readonly mayCarryOut: boolean;
  readonly carryOut: {
    readonly text: string;
    readonly about: string;
    readonly act: (key: string) => Promise<unknown>;
  };
}): ReactNode {
  const { status, mayDecide, decide, mayCarryOut, carryOut } = props;
  const { t } = useColumnKit();
  const isProposed = status === 'proposed';
  const isApproved = status === 'approved';
  return (
    <Acts>
      {mayDecide && isProposed ? (
        <BookingButton
          main
          text={t('erp.act.approve')}
          about={t('erp.act.approveRunAbout')}
          act={(key) => decide('approve', key)}
        />
      ) : null}
      {mayCarryOut && isApproved ? <BookingButton main {...carryOut} /> : null}
      {mayDecide && (isProposed || isApproved) ? (
        <BookingButton
          text={t('erp.act.withdraw')}
          about={t('erp.act.withdrawAbout')}
          act={(key) => decide('withdraw', key)}
        />
      ) : null}
    </Acts>
  );
}
