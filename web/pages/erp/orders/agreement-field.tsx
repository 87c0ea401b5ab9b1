import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { ChoiceField } from '../fields.tsx';
import type { Party } from '../forms/party-box.tsx';
import type { AgreedService } from './agreed-price.ts';

const SHOWN_MOST = 100;
const NO_SERVICES: readonly AgreedService[] = [];

/** The services that an agreement has a line for. */
export function useAgreedServices(agreement: string): readonly AgreedService[] {
  const { code } = useEntity();
  const found = useBooks(
    'getAgreement',
    { params: { entity: code, id: agreement } },
    { enabled: agreement !== '' },
  );
  const lines = agreement === '' ? undefined : found.data?.lines;
  return lines?.filter(({ service }) => service !== undefined) ?? NO_SERVICES;
}

/** The agreement with its supplier that an order calls off, where there is one. */
export function AgreementField(props: {
  readonly supplier: Party | undefined;
  readonly currency: string;
  readonly value: string;
  readonly services: readonly AgreedService[];
  readonly onValue: (agreement: string) => void;
}): ReactNode {
  const { supplier, currency, value, services, onValue } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const query = { party: supplier?.id ?? '', status: 'active', limit: SHOWN_MOST } as const;
  const enabled = supplier !== undefined;
  const found = useBooks('listAgreements', { params: { entity: code }, query }, { enabled });
  const fitting = (enabled ? (found.data?.items ?? []) : []).filter(
    (one) => one.side === 'purchase' && one.currency === currency,
  );
  if (fitting.length === 0 && value === '') return null;
  const named = services.map(({ service }) => service).join(', ');
  return (
    <ChoiceField
      label={t('erp.kind.agreement')}
      description={named === '' ? '' : t('erp.form.agreedServices', { services: named })}
      value={value}
      onValue={onValue}
      of={fitting.map(({ id, number, kind }) => ({
        value: id,
        label: `${number} · ${t(`erp.agreementKind.${kind}`)}`,
      }))}
      none={t('erp.form.none')}
      named="agreement"
    />
  );
}
