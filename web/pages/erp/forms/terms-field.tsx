import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { useToday } from '../entity.ts';
import { ChoiceField } from '../fields.tsx';
import { useTradeCodes } from './trade-codes.ts';

/** When an order is to be paid; without a choice, as the party usually does. */
export function TermsField(props: {
  readonly value: string;
  readonly onValue: (terms: string) => void;
  readonly usual?: string | undefined; // The party's.
  readonly isSet?: true; // There are some already: 'as usual' is no choice.
}): ReactNode {
  const { value, onValue, usual, isSet = false } = props;
  const { t } = useTranslation();
  const { paymentTerms } = useTradeCodes(useToday());
  const named = paymentTerms.find((one) => one.value === usual)?.label ?? usual;
  const none =
    named === undefined ? t('erp.form.asUsual') : t('erp.form.asUsualOf', { terms: named });
  return (
    <ChoiceField
      label={t('erp.field.paymentTerms')}
      value={value}
      onValue={onValue}
      of={paymentTerms}
      {...(isSet ? {} : { none })}
      named="paymentTerms"
    />
  );
}
