import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField } from '../fields.tsx';
import { PartyBox } from '../forms/party-box.tsx';
import type { Party } from '../forms/party-box.tsx';
import { usePlans } from './plans.ts';

const NOTHING_YET = { plan: '', quantity: '1', unitPrice: '', term: '', renews: true };

function PlanField(props: {
  readonly value: string;
  readonly onValue: (value: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const plans = usePlans().filter(({ status }) => status === 'active');
  const offered = plans.map(({ id, name, code }) => ({ value: id, label: `${name} · ${code}` }));
  return (
    <ChoiceField
      {...props}
      label={t('erp.field.plan')}
      of={[{ value: '', label: t('erp.choosePlan') }, ...offered]}
      named="plan"
    />
  );
}

/** Signs a customer up for a plan; nothing is charged before a billing run. */
export function NewSubscription(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [customer, setCustomer] = useState<Party>();
  const [day, setDay] = useState<string>();
  const [values, setValues] = useState(NOTHING_YET);
  const [turn, setTurn] = useState(0); // Another one begins with an empty form.
  const set = (some: Partial<typeof values>): void => setValues({ ...values, ...some });
  const { plan, quantity, unitPrice, term, renews } = values;
  const add = async (key: string): Promise<void> => {
    await callBooks('createSubscription', {
      params: { entity: code },
      body: {
        customer: customer?.id ?? '',
        plan,
        quantity,
        ...(unitPrice === '' ? {} : { unitPrice }),
        startsOn: day ?? today,
        ...(term === '' ? {} : { termMonths: Number(term), autoRenews: renews }),
      },
      key,
    });
    setValues(NOTHING_YET);
    setCustomer(undefined);
    setTurn(turn + 1);
  };
  return (
    <BookingForm title={t('erp.act.subscribe')} about={t('erp.act.subscribeAbout')} act={add}>
      <PartyBox key={turn} role="customer" value={customer} onValue={setCustomer} />
      <PlanField value={plan} onValue={(value) => set({ plan: value })} />
      <AmountField
        label={t('erp.field.quantity')}
        value={quantity}
        onValue={(value) => set({ quantity: value })}
        named="quantity"
      />
      <AmountField
        label={t('erp.priceOfInterval')}
        value={unitPrice}
        onValue={(value) => set({ unitPrice: value })}
        optional
        named="unitPrice"
      />
      <DayField
        label={t('erp.field.startsOn')}
        value={day ?? today}
        onValue={setDay}
        named="startsOn"
      />
      <TextInput
        type="number"
        label={t('erp.field.termMonths')}
        description={t('erp.termHint')}
        min={1}
        max={120}
        value={term}
        onChange={({ currentTarget: { value } }) => set({ term: value })}
      />
      {term === '' ? null : (
        <Checkbox
          label={t('erp.renews')}
          checked={renews}
          onChange={({ currentTarget: { checked } }) => set({ renews: checked })}
        />
      )}
    </BookingForm>
  );
}
