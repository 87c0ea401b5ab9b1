import type { ReactNode } from 'react';
import type { AuditEventRow } from '#api-contract';
import { useServer } from '../../api/ask-server.ts';
import { Card } from '../../shared/facts.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { PersonName } from '../../shared/person-name.tsx';
import { TextLink } from '../../shared/text-link.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useEntity } from './entity.ts';

type Told = {
  readonly id: string;
  readonly number: string;
  readonly createdBy?: string;
  readonly createdAt?: string;
};

const VERBS = [
  'agreement-created',
  'agreement-changed',
  'agreement-closed',
  'order-created',
  'order-stepped',
  'order-decided',
  'order-changed',
  'credit-released',
  'delivery-posted',
  'delivery-reversed',
  'receipt-posted',
  'receipt-reversed',
  'invoice-posted',
  'invoice-cancelled',
  'credit-note-posted',
  'payment-posted',
  'payment-reversed',
  'transfer-posted',
  'transfer-reversed',
  'order-released',
  'order-closed',
  'order-cancelled',
  'confirmed',
  'components-changed',
  'materials-issued',
  'materials-reserved',
  'received',
  'outside-ordered',
  'outside-shipped',
  'outside-received',
  'posting-reversed',
  'quotation-created',
  'quotation-stepped',
  'quotation-revised',
  'quotation-ordered',
  'requisition-created',
  'requisition-stepped',
  'requisition-decided',
  'subscription-created',
  'run-proposed',
  'run-changed',
  'run-decided',
  'run-paid',
  'dunning-proposed',
  'dunning-changed',
  'dunning-decided',
  'dunning-executed',
  'count-opened',
  'count-recorded',
  'count-posted',
  'count-cancelled',
  'project-created',
  'project-closed',
  'step-taken',
  'milestone-reached',
  'progress-reported',
  'hours-recorded',
  'billed',
  'entry-posted',
  'entry-reversed',
  'period-soft-closed',
  'period-closed',
  'period-reopened',
  'revalued',
  'close-tasks-added',
  'bank-account-verified',
  'bank-account-ended',
  'supplier-price-added',
  'bom-created',
  'taken-back',
  'withdrawal-charged-elsewhere',
  'consignment-withdrawn',
  'price-list-created',
  'price-list-changed',
  'price-added',
  'project-planned',
  'change-asked',
  'change-decided',
  'item-marked',
  'allocation-reversed',
  'written-off',
  'plan-created',
  'created',
  'changed',
  'posted',
  'reversed',
] as const;

/** What an event of the audit log did, in words: 'sales.order-created' is 'created the order'. */
function useDeed(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => {
    const known = VERBS.find((verb) => action.endsWith(`.${verb}`));
    return known === undefined ? action : t(`erp.deed.${known}`);
  };
}

const about = (subject: string) => ({ query: { subject, outcome: 'done', pageSize: 50 } });

/** Events of this document alone: numbers repeat between legal entities, ids do not. */
function useEvents({ id, number }: Told, may: boolean): readonly AuditEventRow[] {
  const { code } = useEntity();
  const byId = useServer('listAuditEvents', about(id), { enabled: may }).data?.items ?? [];
  const byNumber = useServer('listAuditEvents', about(number), { enabled: may }).data?.items ?? [];
  const ours = byNumber.filter(({ details }) => details['legalEntity'] === code);
  return [...byId, ...ours].toSorted((a, b) => Number(b.position) - Number(a.position));
}

/** Who did what with a document, newest first; who may not read the audit log sees who made it. */
export function DocumentHistory({ of }: { readonly of: Told }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useMay('audit:read');
  const events = useEvents(of, may);
  const deedOf = useDeed();
  const { id, number, createdBy, createdAt } = of;
  if (events.length === 0 && createdAt === undefined) return null;
  return (
    <Card
      title={t('erp.history')}
      aside={
        may ? (
          <TextLink to="/audit" search={{ search: events.length === 0 ? number : id }} size="sm">
            {t('erp.toAudit')}
          </TextLink>
        ) : undefined
      }
    >
      <ol className="erp-history">
        {events.map(({ position, at, action, actor, actorName }) => (
          <li key={position}>
            <b>{deedOf(action)}</b>{' '}
            <span className="rialto-dim">
              <time dateTime={at}>{format.moment(at)}</time> ·{' '}
              <PersonName of={actorName ?? actor} />
            </span>
          </li>
        ))}
        {events.length > 0 || createdAt === undefined ? null : (
          <li>
            <b>{t('erp.deed.created')}</b>{' '}
            <span className="rialto-dim">
              <time dateTime={createdAt}>{format.moment(createdAt)}</time> ·{' '}
              {createdBy === undefined ? null : <PersonName of={createdBy} />}
            </span>
          </li>
        )}
      </ol>
    </Card>
  );
}
