import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { Field } from '../fields.tsx';

/** Who sells it, and by which way it came. */
export function SellerFields(props: {
  readonly of: { readonly salesperson: string; readonly channel: string };
  readonly put: (name: 'salesperson' | 'channel') => (text: string) => void;
}): ReactNode {
  const { of, put } = props;
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('erp.field.salesperson')}
        value={of.salesperson}
        onValue={put('salesperson')}
        maxLength={100}
        named="salesperson"
        optional
      />
      <Field
        label={t('erp.field.channel')}
        value={of.channel}
        onValue={put('channel')}
        maxLength={50}
        named="channel"
        optional
      />
    </>
  );
}
