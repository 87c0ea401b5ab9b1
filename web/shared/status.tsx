import type { ReactNode } from 'react';
import type {
  AuditEventRow,
  Drift,
  ItemRow,
  PurchaseOrderRow,
  ReplyOf,
  Run,
  SupplierRow,
} from '#api-contract';
import { useTranslation } from './i18n.ts';

type Status =
  | PurchaseOrderRow['status']
  | SupplierRow['status']
  | ItemRow['status']
  | Run['status']
  | AuditEventRow['outcome']
  | Drift['status']
  | ReplyOf<'getHealthOf'>['standing']
  | ReplyOf<'getTransaction'>['state']
  | ReplyOf<'getConflict'>['state']
  | `circuit-${ReplyOf<'getHealthOf'>['hosts'][number]['circuit']}`
  | `log-${ReplyOf<'getHealthOf'>['logs'][number]['state']}`
  | 'log-behind'
  | 'disabled'
  | 'incomplete' // A run that could not read everything.
  | 'stopped'; // A run that somebody cancelled.

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
  incomplete: 'warn',
  stopped: 'quiet',
  intended: 'quiet',
  disabled: 'quiet',
  good: 'good',
  attention: 'warn',
  failing: 'bad',
  held: 'warn',
  intent: 'accent',
  sending: 'accent',
  uncertain: 'warn',
  'handed-over': 'accent',
  accepted: 'good',
  dead: 'bad',
  conflict: 'warn',
  dismissed: 'quiet',
  open: 'warn',
  settled: 'good',
  decided: 'good',
  withdrawn: 'quiet',
  refused: 'bad',
  passed: 'quiet',
  'circuit-closed': 'good',
  'circuit-open': 'bad',
  'circuit-half-open': 'warn',
  'log-kept': 'good',
  'log-behind': 'warn',
  'log-at-risk': 'bad',
  'log-lost': 'bad',
  'log-none': 'quiet',
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
