import type { ReactNode } from 'react';
import { useLanguage, useTranslation } from '../../../shared/i18n.ts';
import { Field } from '../fields.tsx';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** A currency by its code: what it is called stands below as one types, or that there is none. */
export function CurrencyField(props: {
  readonly value: string;
  readonly onValue: (currency: string) => void;
  readonly hint?: string; // Said behind its name.
  readonly named?: string;
  readonly optional?: boolean;
}): ReactNode {
  const { value, onValue, hint, named = 'currency', optional = false } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const isKnown = CURRENCIES.has(value);
  const name = isKnown
    ? new Intl.DisplayNames(language, { type: 'currency' }).of(value)
    : undefined;
  return (
    <Field
      label={t('field.currency')}
      description={[name, hint].filter((part) => part !== undefined).join('. ')}
      value={value}
      onValue={(typed) => onValue(typed.toUpperCase())}
      pattern="[A-Z]{3}"
      maxLength={3}
      wrong={value.length === 3 && !isKnown ? t('erp.form.noSuchCurrency') : undefined}
      named={named}
      optional={optional}
    />
  );
}
