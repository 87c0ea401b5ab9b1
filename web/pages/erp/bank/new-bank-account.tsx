import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField, Field } from '../fields.tsx';
import { useAccountChoices } from './account-choices.ts';

const NOTHING_YET = { code: '', name: '', iban: '', ledgerAccount: '', clearingAccount: '' };

/** Opens an account of ours: statements move its ledger account, payments wait on clearing. */
export function NewBankAccount(): ReactNode {
  const { t } = useTranslation();
  const { code: entity, currency: ours } = useEntity();
  const accounts = useAccountChoices();
  const [currency, setCurrency] = useState(ours);
  const [values, setValues] = useState(NOTHING_YET);
  const set = (some: Partial<typeof values>): void => setValues({ ...values, ...some });
  const open = async (key: string): Promise<void> => {
    const body = { ...values, iban: values.iban.replaceAll(' ', ''), currency };
    await callBooks('createOwnBankAccount', { params: { entity }, body, key });
    setValues(NOTHING_YET);
  };
  const choose = { value: '', label: t('erp.chooseAccount') };
  return (
    <section className="rialto-card erp-new" aria-label={t('erp.act.openBankAccount')}>
      <BookingForm
        title={t('erp.act.openBankAccount')}
        about={t('erp.act.openBankAccountAbout')}
        act={open}
      >
        <Field
          label={t('erp.field.name')}
          value={values.name}
          onValue={(name) => set({ name })}
          maxLength={200}
          named="name"
        />
        <Field
          label={t('erp.field.code')}
          description={t('erp.bankCodeHint')}
          value={values.code}
          onValue={(code) => set({ code })}
          maxLength={50}
          named="code"
        />
        <Field label="IBAN" value={values.iban} onValue={(iban) => set({ iban })} named="iban" />
        <Field
          label={t('field.currency')}
          value={currency}
          onValue={(value) => setCurrency(value.toUpperCase())}
          pattern="[A-Z]{3}"
          named="currency"
        />
        <ChoiceField
          label={t('erp.field.ledgerAccount')}
          description={t('erp.ledgerAccountHint')}
          value={values.ledgerAccount}
          onValue={(ledgerAccount) => set({ ledgerAccount })}
          of={[choose, ...accounts]}
          named="ledgerAccount"
        />
        <ChoiceField
          label={t('erp.field.clearingAccount')}
          description={t('erp.clearingAccountHint')}
          value={values.clearingAccount}
          onValue={(clearingAccount) => set({ clearingAccount })}
          of={[choose, ...accounts]}
          named="clearingAccount"
        />
      </BookingForm>
    </section>
  );
}
