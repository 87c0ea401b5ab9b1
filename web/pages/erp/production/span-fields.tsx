import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { Field } from '../fields.tsx';

/** From when to when work went on, as the reader's clock shows it. */
export type Span = { readonly from: string; readonly to: string };

const HOUR_MS = 3_600_000;

/** The hour before a moment. */
export const lastHour = (now: number): Span => ({ from: localOf(now - HOUR_MS), to: localOf(now) });

/** When work began and when it ended. */
export function SpanFields(props: {
  readonly value: Span;
  readonly onValue: (span: Span) => void;
}): ReactNode {
  const { value, onValue } = props;
  const { t } = useTranslation();
  return (
    <>
      <Field
        label={t('erp.form.startedAt')}
        value={value.from}
        onValue={(from) => onValue({ ...value, from })}
        type="datetime-local"
        named="startedAt"
      />
      <Field
        label={t('erp.form.endedAt')}
        value={value.to}
        onValue={(to) => onValue({ ...value, to })}
        type="datetime-local"
        named="endedAt"
      />
    </>
  );
}

/** The moment that a day and a time of the reader's clock are. */
const momentOf = (local: string): string => new Date(local).toISOString();

/** When work went on, as a request says it. */
export const spanOf = ({ from, to }: Span) => ({
  startedAt: momentOf(from),
  endedAt: momentOf(to),
});

/** A moment as the reader's clock shows it, for a field. */
function localOf(moment: number): string {
  const at = new Date(moment);
  const shifted = new Date(moment - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
