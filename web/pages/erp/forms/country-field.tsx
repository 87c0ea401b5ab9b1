import type { ReactNode } from 'react';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { Field } from '../fields.tsx';

const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Whether a code of two letters is a country's. */
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && NAMES.of(code) !== undefined;

/** A country by its code: what it is called stands below as one types, or that there is none. */
export function CountryField(props: {
  readonly value: string;
  readonly onValue: (country: string) => void;
}): ReactNode {
  const { value, onValue } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const isKnown = isCountry(value);
  return (
    <Field
      label={t('field.country')}
      description={isKnown ? format.country(value) : ''}
      value={value}
      onValue={(typed) => onValue(typed.toUpperCase())}
      pattern="[A-Z]{2}"
      maxLength={2}
      wrong={value.length === 2 && !isKnown ? t('erp.form.noSuchCountry') : undefined}
      named="country"
    />
  );
}
