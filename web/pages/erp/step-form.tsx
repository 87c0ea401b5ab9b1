import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../shared/i18n.ts';
import { BookingForm } from './booking-form.tsx';
import { Field } from './fields.tsx';

/** Takes a document a step on, with a reason that is kept; the same press counts once. */
export function StepForm(props: {
  readonly title: string;
  readonly about: string;
  readonly act: (step: { readonly reason: string; readonly key: string }) => Promise<unknown>;
}): ReactNode {
  const { title, about, act } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <BookingForm title={title} about={about} act={(key) => act({ reason: reason.trim(), key })}>
      <Field
        label={t('act.reason')}
        value={reason}
        onValue={setReason}
        minLength={3}
        maxLength={500}
        named="reason"
      />
    </BookingForm>
  );
}
