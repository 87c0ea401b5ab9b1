import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { Field } from '../fields.tsx';

/** For whom it is bought. */
export function RequesterField(props: {
  readonly value: string;
  readonly onValue: (requester: string) => void;
  readonly description?: string;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Field {...props} label={t('erp.field.requester')} maxLength={100} named="requester" optional />
  );
}
