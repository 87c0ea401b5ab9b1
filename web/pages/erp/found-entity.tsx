import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ActForm } from '../../shared/act-form.tsx';
import { useFormat, useTranslation } from '../../shared/i18n.ts';
import { PageHead } from '../../shared/page-head.tsx';
import { useMay } from '../../shared/use-may.ts';
import { useNow } from '../../shared/use-now.ts';
import { callBooks } from './ask-books.ts';
import { Field } from './fields.tsx';
import { CurrencyField } from './forms/currency-field.tsx';

/** Countries with tax codes of their own, and what is usual there; others begin as one of them. */
const HOMES = {
  DE: ['EUR', 'Europe/Berlin'],
  AT: ['EUR', 'Europe/Vienna'],
  CH: ['CHF', 'Europe/Zurich'],
  FR: ['EUR', 'Europe/Paris'],
  GB: ['GBP', 'Europe/London'],
  IE: ['EUR', 'Europe/Dublin'],
  IT: ['EUR', 'Europe/Rome'],
  NL: ['EUR', 'Europe/Amsterdam'],
  PL: ['PLN', 'Europe/Warsaw'],
  US: ['USD', 'America/New_York'],
} as const;
type Home = keyof typeof HOMES;
const isHome = (code: string): code is Home => Object.hasOwn(HOMES, code);

const homeHere = (): Home => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    Object.keys(HOMES)
      .filter(isHome)
      .find((code) => HOMES[code][1] === zone) ?? 'DE'
  );
};

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function TimeZoneField(props: {
  readonly value: string;
  readonly onValue: (timeZone: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <Field
      {...props}
      label={t('erp.found.timeZone')}
      wrong={isTimeZone(props.value) ? undefined : t('erp.found.noSuchTimeZone')}
      named="timeZone"
    />
  );
}

type Start = { readonly country: string; readonly currency: string; readonly timeZone: string };
const startOf = (country: Home): Start => ({
  country,
  currency: HOMES[country][0],
  timeZone: HOMES[country][1],
});

function Form(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const year = new Date(useNow()).getUTCFullYear();
  const [values, setValues] = useState(() => ({
    code: '',
    name: '',
    firstYear: String(year),
    ...startOf(homeHere()),
  }));
  const set = (some: Partial<typeof values>): void => setValues({ ...values, ...some });
  const found = () => {
    const { firstYear, code, ...rest } = values;
    const first = Number(firstYear);
    const fiscalYears = Array.from(
      { length: Math.max(1, year - first + 2) },
      (_, at) => first + at,
    );
    return callBooks('createLegalEntity', {
      body: { ...rest, code: code.toUpperCase(), fiscalYears: fiscalYears.slice(0, 10) },
    });
  };
  return (
    <ActForm label={t('erp.found.submit')} submit={t('erp.found.submit')} main act={found}>
      <Field
        label={t('erp.found.name')}
        value={values.name}
        onValue={(name) => set({ name })}
        named="name"
      />
      <Field
        label={t('erp.found.code')}
        description={t('erp.found.codeHint')}
        value={values.code}
        onValue={(code) => set({ code })}
        pattern="[A-Za-z0-9]{2,8}"
        named="code"
      />
      <NativeSelect
        label={t('field.country')}
        value={values.country}
        onChange={({ currentTarget: { value } }) => {
          if (isHome(value)) set(startOf(value));
        }}
        data={Object.keys(HOMES).map((value) => ({ value, label: format.country(value) }))}
      />
      <CurrencyField
        value={values.currency}
        onValue={(currency) => set({ currency })}
        hint={t('erp.found.currencyHint')}
      />
      <TimeZoneField value={values.timeZone} onValue={(timeZone) => set({ timeZone })} />
      <TextInput
        type="number"
        label={t('erp.found.firstYear')}
        description={t('erp.found.firstYearHint')}
        min={year - 8}
        max={year + 1}
        value={values.firstYear}
        onChange={({ currentTarget: { value } }) => set({ firstYear: value })}
        required
      />
    </ActForm>
  );
}

/** Where there are no books yet: what they would be good for, and a form that opens some. */
export function FoundEntity(): ReactNode {
  const { t } = useTranslation();
  const may = useMay('company:write');
  return (
    <>
      <PageHead title={t('erp.found.title')} about={t('erp.found.about')} />
      <section className="rialto-card" aria-label={t('erp.found.submit')}>
        {may ? <Form /> : <p className="erp-note">{t('erp.found.mayNot')}</p>}
      </section>
    </>
  );
}
