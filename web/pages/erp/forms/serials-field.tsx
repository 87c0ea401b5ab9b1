import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { Field } from '../fields.tsx';

/** Serial numbers as somebody writes them: between spaces, commas or lines. */
export const serialsIn = (text: string): string[] =>
  text.split(/[\s,;]+/).filter((serial) => serial !== '');

/** Serial numbers as they are sent; nothing where none is written. */
export function serialsOf(text: string): { readonly serials?: string[] } {
  const serials = serialsIn(text);
  return serials.length === 0 ? {} : { serials };
}

/** Asks for serial numbers, and says how many of how many are written. */
export function SerialsField(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly wanted: string; // How many pieces there are.
  readonly optional?: boolean;
  readonly named: string | readonly string[];
}): ReactNode {
  const { wanted, value, ...rest } = props;
  const { t } = useTranslation();
  return (
    <div className="is-wide">
      <Field
        {...rest}
        value={value}
        description={t('erp.form.serialsSoFar', { count: serialsIn(value).length, wanted })}
      />
    </div>
  );
}
