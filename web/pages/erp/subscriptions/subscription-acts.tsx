import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { Acts, BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { usePlans } from './plans.ts';

type Subscription = ReplyOf<'getSubscription'>['subscription'];
type Step = 'change' | 'pause' | 'resume' | 'end';

/** Which steps a subscription's status allows; the server's table says the same. */
const STEPS: Readonly<Record<Subscription['status'], readonly Step[]>> = {
  active: ['change', 'pause', 'end'],
  paused: ['resume', 'end'],
  ended: [],
};

const sameOrNone = (typed: string, now: string): string | undefined =>
  typed === '' || typed === now ? undefined : typed;

type Change = { readonly plan: string; readonly quantity: string; readonly price: string };

/** What may be different from the day on. */
function ChangeFields(props: {
  readonly of: Subscription;
  readonly values: Change;
  readonly onValues: (values: Change) => void;
}): ReactNode {
  const { of, values, onValues } = props;
  const { t } = useTranslation();
  const plans = usePlans().filter(({ id, status }) => status === 'active' || id === of.plan);
  return (
    <>
      <ChoiceField
        label={t('erp.field.plan')}
        value={values.plan}
        onValue={(plan) => onValues({ ...values, plan })}
        of={plans.map(({ id, name }) => ({ value: id, label: name }))}
        named="plan"
      />
      <AmountField
        label={t('erp.field.quantity')}
        value={values.quantity}
        onValue={(quantity) => onValues({ ...values, quantity })}
        named="quantity"
      />
      <AmountField
        label={t('erp.priceOfInterval')}
        value={values.price}
        onValue={(price) => onValues({ ...values, price })}
        named="unitPrice"
        optional
      />
    </>
  );
}

/** One step from a day on: of a change, what is different from then. */
function StepOf(props: { readonly of: Subscription; readonly step: Step }): ReactNode {
  const { of, step } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [reason, setReason] = useState('');
  const [values, setValues] = useState({ plan: of.plan, quantity: of.quantity, price: '' });
  const take = (key: string): Promise<unknown> => {
    const { plan, quantity, price } = values;
    const [another, more] = [sameOrNone(plan, of.plan), sameOrNone(quantity, of.quantity)];
    const change = {
      ...(another === undefined ? {} : { plan: another }),
      ...(more === undefined ? {} : { quantity: more }),
      ...(price === '' ? {} : { unitPrice: price }),
    };
    return callBooks('stepSubscription', {
      params: { entity: code, id: of.id },
      body: {
        step,
        on: day ?? today,
        version: of.version,
        ...(step === 'change' ? change : {}),
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      },
      key,
    });
  };
  return (
    <BookingForm
      title={t(`erp.subscriptionStep.${step}`)}
      about={t(`erp.subscriptionStep.${step}About`)}
      main={step === 'resume'}
      act={take}
    >
      <DayField label={t('erp.field.validFrom')} value={day ?? today} onValue={setDay} named="on" />
      {step === 'change' ? <ChangeFields of={of} values={values} onValues={setValues} /> : null}
      <Field
        label={t('act.reason')}
        value={reason}
        onValue={setReason}
        maxLength={500}
        optional
        named="reason"
      />
    </BookingForm>
  );
}

/** What can be done with a subscription: change, pause, resume, end it. */
export function SubscriptionActs({ of }: { readonly of: Subscription }): ReactNode {
  const may = useMay('subscriptions:write');
  if (!may) return null;
  return (
    <Acts>
      {STEPS[of.status].map((step) => (
        <StepOf key={`${step} ${of.version}`} of={of} step={step} />
      ))}
    </Acts>
  );
}
