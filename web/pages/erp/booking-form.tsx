import { Children, useState } from 'react';
import type { ReactNode } from 'react';
import { ActForm } from '../../shared/act-form.tsx';
import { Card } from '../../shared/facts.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { newKey } from './booking-key.ts';
import { DayField, ReasonField } from './fields.tsx';
import { useToday } from './entity.ts';

/** Books something once, however often it is sent; unfolded by who wants to. */
export function BookingForm(props: {
  readonly title: string;
  readonly about?: string;
  readonly main?: boolean;
  readonly act: (key: string) => Promise<unknown>;
  readonly children?: ReactNode;
}): ReactNode {
  const { title, about, main = false, act, children } = props;
  const [key, setKey] = useState(newKey);
  return (
    <details className="rialto-unfolds">
      <summary>{title}</summary>
      <ActForm
        label={title}
        submit={title}
        main={main}
        act={() => act(key)}
        onDone={() => setKey(newKey())}
      >
        {about === undefined ? null : <p className="rialto-dim">{about}</p>}
        {children}
      </ActForm>
    </details>
  );
}

/** Takes something back on a day, with a reason that is kept. */
export function TakeBackForm(props: {
  readonly title: string;
  readonly about: string;
  readonly act: (how: { on: string; reason: string; key: string }) => Promise<unknown>;
  readonly children?: ReactNode; // More that is asked for.
}): ReactNode {
  const { title, about, act, children } = props;
  const { t } = useTranslation();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [reason, setReason] = useState('');
  const on = day ?? today;
  return (
    <BookingForm title={title} about={about} act={(key) => act({ on, reason: reason.trim(), key })}>
      {children}
      <DayField label={t('erp.field.postedOn')} value={on} onValue={setDay} named="on" />
      <ReasonField value={reason} onValue={setReason} />
    </BookingForm>
  );
}

/** What can be done with a document, when there is something. */
export function Acts({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  if (Children.toArray(children).length === 0) return null;
  return (
    <Card title={t('erp.acts')}>
      <div className="erp-acts">{children}</div>
    </Card>
  );
}
