import type { ReactNode } from 'react';
import { useTranslation } from '../../shared/i18n.ts';

/** Where a document or a thing of the books stands, and the tone that repeats what the word says. */
const TONES = {
  active: 'good',
  approved: 'accent',
  'awaiting-approval': 'warn',
  blocked: 'bad',
  cancelled: 'quiet',
  cleared: 'good',
  closed: 'good',
  completed: 'good',
  confirmed: 'accent',
  'credit-note': 'quiet',
  delivered: 'good',
  delivery: 'accent',
  deviating: 'warn',
  disputed: 'warn',
  draft: 'quiet',
  inactive: 'quiet',
  invoice: 'accent',
  issued: 'accent',
  matched: 'good',
  'not-matched': 'quiet',
  'not-verified': 'warn',
  verified: 'good',
  'on-credit-hold': 'warn',
  open: 'accent',
  overdue: 'bad',
  paid: 'good',
  'in-progress': 'accent',
  'on-hold': 'warn',
  planned: 'quiet',
  released: 'accent',
  'partly-delivered': 'accent',
  'partly-received': 'accent',
  posted: 'good',
  receipt: 'accent',
  received: 'good',
  rejected: 'bad',
  return: 'warn',
  reversal: 'quiet',
  reversed: 'quiet',
  'taken-back': 'bad',
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
