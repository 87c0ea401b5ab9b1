import { useState } from 'react';
import type { ReactNode } from 'react';
import { BookingForm } from './booking-form.tsx';
import { ReasonField } from './fields.tsx';

/** Takes a document a step on, with a reason that is kept; the same press counts once. */
export function StepForm(props: {
  readonly title: string;
  readonly about: string;
  readonly act: (step: { readonly reason: string; readonly key: string }) => Promise<unknown>;
}): ReactNode {
  const { title, about, act } = props;
  const [reason, setReason] = useState('');
  return (
    <BookingForm title={title} about={about} act={(key) => act({ reason: reason.trim(), key })}>
      <ReasonField value={reason} onValue={setReason} />
    </BookingForm>
  );
}
