import type { ReactNode } from 'react';
import { useTranslation } from '../../shared/i18n.ts';

/** Where a document or a thing of the books stands, and the tone that repeats what the word says. */
const TONES = {
  accepted: 'accent',
  active: 'good',
  approved: 'accent',
  arrived: 'good',
  'awaiting-approval': 'warn',
  blocked: 'bad',
  cancelled: 'quiet',
  cleared: 'good',
  closed: 'good',
  completed: 'good',
  booked: 'good',
  confirmed: 'accent',
  counted: 'accent',
  'credit-note': 'quiet',
  delivered: 'good',
  delivery: 'accent',
  deviating: 'warn',
  disputed: 'warn',
  done: 'good',
  draft: 'quiet',
  ended: 'quiet',
  executed: 'good',
  expired: 'warn',
  inactive: 'quiet',
  invoice: 'accent',
  issued: 'accent',
  matched: 'good',
  'not-matched': 'quiet',
  'not-verified': 'warn',
  verified: 'good',
  'on-credit-hold': 'warn',
  open: 'accent',
  ordered: 'good',
  overdue: 'bad',
  paused: 'warn',
  proposed: 'warn',
  paid: 'good',
  'in-progress': 'accent',
  'in-stock': 'good',
  'in-transit': 'accent',
  left: 'quiet',
  unknown: 'warn',
  'on-hold': 'warn',
  planned: 'quiet',
  released: 'accent',
  'partly-delivered': 'accent',
  'partly-ordered': 'accent',
  'partly-received': 'accent',
  posted: 'good',
  receipt: 'accent',
  received: 'good',
  rejected: 'bad',
  return: 'warn',
  reversal: 'quiet',
  reversed: 'quiet',
  sent: 'accent',
  skipped: 'quiet',
  'soft-closed': 'warn',
  submitted: 'warn',
  superseded: 'quiet',
  'taken-back': 'bad',
  tried: 'quiet',
  undone: 'quiet',
  withdrawn: 'quiet',
} as const satisfies Readonly<Record<string, 'good' | 'warn' | 'bad' | 'quiet' | 'accent'>>;

/** A standing that the pages have a word for. */
export type Standing = keyof typeof TONES;

/** A standing in a word. */
export function StandingMark({ of }: { readonly of: Standing }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="rialto-status" data-tone={TONES[of]}>
      {t(`erp.standing.${of}`)}
    </span>
  );
}
