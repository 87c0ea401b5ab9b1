import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { Field } from '../fields.tsx';

/** What is said of an order as a whole. */
export function HeadText(props: {
  readonly value: string;
  readonly onValue: (text: string) => void;
}): ReactNode {
  const { value, onValue } = props;
  const { t } = useTranslation();
  return (
    <div className="is-wide">
      <Field
        label={t('erp.field.text')}
        value={value}
        onValue={onValue}
        maxLength={500}
        named="text"
        optional
      />
    </div>
  );
}
