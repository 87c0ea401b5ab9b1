import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

const AMOUNT = '-?[0-9]{1,15}(\\.[0-9]{1,6})?';

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
  readonly type?: 'text' | 'date';
}): ReactNode {
  const { onValue, optional = false, type = 'text', ...rest } = props;
  return (
    <TextInput
      {...rest}
      type={type}
      onChange={({ currentTarget: { value } }) => onValue(value)}
      autoComplete="off"
      required={!optional}
    />
  );
}

/** A calendar day that a form needs. */
export function DayField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): ReactNode {
  return <Field {...props} type="date" />;
}

/** An amount or a quantity as exact decimal text, with a point. */
export function AmountField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly optional?: boolean;
}): ReactNode {
  return <Field {...props} pattern={AMOUNT} />;
}
