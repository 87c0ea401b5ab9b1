import type { ReactNode } from 'react';
import type { AuditEventRow, PurchaseOrderRow, Run, SupplierRow, ItemRow } from '#api-contract';
import { useTranslation } from './i18n.ts';

type Status =
  | PurchaseOrderRow['status']
  | SupplierRow['status']
  | ItemRow['status']
  | Run['status']
  | AuditEventRow['outcome']
  | 'disabled';

const TONES: Readonly<Record<Status, 'good' | 'warn' | 'bad' | 'quiet' | 'accent'>> = {
  draft: 'quiet',
  'awaiting-approval': 'warn',
  issued: 'accent',
  'partly-received': 'accent',
  received: 'good',
  closed: 'good',
  cancelled: 'quiet',
  rejected: 'bad',
  active: 'good',
  inactive: 'quiet',
  'blocked-purchasing': 'bad',
  'blocked-payment': 'bad',
  blocked: 'bad',
  discontinued: 'quiet',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  interrupted: 'warn',
  intended: 'quiet',
  disabled: 'quiet',
};

/** A status in a word, with a tone that repeats what the word says. */
export function StatusMark({ status }: { readonly status: Status }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="rialto-status" data-tone={TONES[status]}>
      {t(`status.${status}`)}
    </span>
  );
}
