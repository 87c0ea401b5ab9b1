import { useState } from 'react';
import type { ReactNode } from 'react';
import { differenceOf } from '../../shared/exact.ts';
import { useTranslation } from '../../shared/i18n.ts';
import { useMay } from '../../shared/use-may.ts';
import { useBooks } from './ask-books.ts';
import { BookingForm } from './booking-form.tsx';
import { useEntity, useToday } from './entity.ts';
import { AmountField, ChoiceField, DayField, Field } from './fields.tsx';
import { isAbove } from './left.ts';
import { openOf } from './open-items-card.tsx';
import type { OpenItem } from './open-items-card.tsx';

type Payment = {
  readonly paidOn: string;
  readonly bankAccount: string;
  readonly amount: string;
  readonly parts: { readonly item: string; readonly amount: string }[];
  readonly key: string;
};

const USUAL_ACCOUNT = 'MAIN';

/** What of a payment settles which item: the one that is due first before the others. */
export function partsOf(
  amount: string,
  items: readonly Pick<OpenItem, 'id' | 'open' | 'dueOn'>[],
): { readonly item: string; readonly amount: string }[] {
  let left = amount;
  return items
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn))
    .flatMap(({ id, open }) => {
      if (!isAbove(left) || !isAbove(open)) return [];
      const over = differenceOf(left, open) ?? '0';
      const part = isAbove(over) || !/[1-9]/.test(over) ? open : left;
      left = differenceOf(left, part) ?? '0';
      return [{ item: id, amount: part }];
    });
}

/** A payment of what is open: all of it, or a part. */
export function PaymentForm(props: {
  readonly title: string;
  readonly about: string;
  readonly items: readonly OpenItem[];
  readonly act: (payment: Payment) => Promise<unknown>;
}): ReactNode {
  const { title, about, items, act } = props;
  const { t } = useTranslation();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [amount, setAmount] = useState(() => openOf(items));
  const [chosen, setChosen] = useState<string>();
  const { code: entity } = useEntity();
  const mayRead = useMay('banking:read');
  const listed = useBooks('listOwnBankAccounts', { params: { entity } }, { enabled: mayRead });
  const accounts = listed.data?.items ?? [];
  const fitting = accounts.find(({ currency }) => currency === items[0]?.currency) ?? accounts[0];
  const bankAccount = chosen ?? fitting?.code ?? USUAL_ACCOUNT;
  const paidOn = day ?? today;
  const send = (key: string): Promise<unknown> =>
    act({ paidOn, bankAccount, amount, parts: partsOf(amount, items), key });
  return (
    <BookingForm title={title} about={about} main act={send}>
      <DayField label={t('erp.field.paidOn')} value={paidOn} onValue={setDay} named="paidOn" />
      <AmountField
        label={t('erp.field.amount')}
        value={amount}
        onValue={setAmount}
        named={['amount', 'parts.0.amount']}
      />
      {accounts.length === 0 ? (
        <Field
          label={t('erp.field.bankAccount')}
          value={bankAccount}
          onValue={setChosen}
          maxLength={50}
          named="bankAccount"
        />
      ) : (
        <ChoiceField
          label={t('erp.field.bank')}
          value={bankAccount}
          onValue={setChosen}
          of={accounts.map(({ code, name, currency: own }) => ({
            value: code,
            label: `${code} · ${name} · ${own}`,
          }))}
          named="bankAccount"
        />
      )}
    </BookingForm>
  );
}
