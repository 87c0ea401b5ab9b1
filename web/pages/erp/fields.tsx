import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../shared/i18n.ts';
import { useRefusal } from '../../shared/refusals.tsx';

const AMOUNT = '-?[0-9]{1,15}(\\.[0-9]{1,6})?';

/** What explains a field stands below it: boxes beside each other stay in line. */
export const FIELD_ORDER: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];

/** A text that a form needs. */
export function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly description?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly optional?: boolean;
  readonly type?: 'text' | 'date' | 'datetime-local';
  readonly title?: string; // What the browser says where the pattern is missed.
  readonly wrong?: string | undefined; // Said as one types; it is not sent so.
  readonly named?: string | readonly string[] | undefined; // As the request names it: what is refused of it stands beside it.
}): ReactNode {
  const { onValue, optional = false, type = 'text', wrong, named, ...rest } = props;
  const [box, setBox] = useState<HTMLInputElement | null>(null);
  const refusal = useRefusal(named);
  useEffect(() => box?.setCustomValidity(wrong ?? ''), [box, wrong]);
  return (
    <TextInput
      {...rest}
      ref={setBox}
      inputWrapperOrder={FIELD_ORDER}
      error={wrong ?? refusal}
      type={type}
      onChange={({ currentTarget: { value } }) => onValue(value)}
      autoComplete="off"
      required={!optional}
    />
  );
}

/** Why somebody does it: kept, so it takes more than a sign. */
export function ReasonField(props: {
  readonly value: string;
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  return <Field {...props} label={t('act.reason')} minLength={3} maxLength={500} named="reason" />;
}

/** A calendar day that a form needs. */
export function DayField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly optional?: boolean;
  readonly named?: string | readonly string[] | undefined;
}): ReactNode {
  return <Field {...props} type="date" />;
}

/** An amount or a quantity as exact decimal text, with a point. */
export function AmountField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly optional?: boolean;
  readonly description?: string;
  readonly named?: string | readonly string[] | undefined;
}): ReactNode {
  const { t } = useTranslation();
  return <Field {...props} pattern={AMOUNT} title={t('erp.form.decimal')} />;
}

/** One of few values that a form needs; '' is none of them. */
export function ChoiceField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly of: readonly { readonly value: string; readonly label: string }[];
  readonly none?: string; // What it says of none; absent: one has to be chosen.
  readonly description?: string;
  readonly named?: string | readonly string[] | undefined;
}): ReactNode {
  const { onValue, of, none, named, ...rest } = props;
  const isMissing = none === undefined && !of.some(({ value }) => value === rest.value);
  return (
    <NativeSelect
      {...rest}
      inputWrapperOrder={FIELD_ORDER}
      error={useRefusal(named)}
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...(isMissing ? [{ value: rest.value, label: rest.value }] : []),
        ...of,
      ]}
      onChange={({ currentTarget: { value } }) => onValue(value)}
      required={none === undefined}
    />
  );
}
