import { useState } from 'react';
import type { ReactNode } from 'react';
import { Async, loadable } from '../../../shared/async.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { NewDocument } from '../forms/new-document.tsx';
import { ToList } from '../links.tsx';
import { ObjectHead } from '../object-page.tsx';
import type { BankAccount } from './bank-account.tsx';

const choicesOf = (accounts: readonly BankAccount[]) =>
  accounts.map(({ id, code, name, currency }) => ({
    value: id,
    label: `${code} · ${name} (${currency})`,
  }));

type Ends = { readonly from: string; readonly to: string };
type Values = {
  readonly on: string;
  readonly amount: string;
  readonly arriving: string;
  readonly text: string;
};

/** From which of our accounts to which other one. */
function EndFields(props: {
  readonly accounts: readonly BankAccount[];
  readonly of: Ends;
  readonly onEnds: (ends: Ends) => void;
}): ReactNode {
  const { accounts, of, onEnds } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className="is-wide">
        <ChoiceField
          label={t('erp.field.fromAccount')}
          value={of.from}
          onValue={(from) => onEnds({ ...of, from })}
          of={choicesOf(accounts)}
          named="from"
        />
      </div>
      <div className="is-wide">
        <ChoiceField
          label={t('erp.field.toAccount')}
          value={of.to}
          onValue={(to) => onEnds({ ...of, to })}
          of={choicesOf(accounts)}
          named="to"
        />
      </div>
    </>
  );
}

/** When and how much; `arrives` is the currency of the account it goes to, where that is another. */
function MoneyFields(props: {
  readonly of: Values;
  readonly set: (some: Partial<Values>) => void;
  readonly leaves: string;
  readonly arrives: string | undefined;
}): ReactNode {
  const { of, set, leaves, arrives } = props;
  const { t } = useTranslation();
  return (
    <>
      <DayField
        label={t('erp.field.postedOn')}
        value={of.on}
        onValue={(on) => set({ on })}
        named="on"
      />
      <AmountField
        label={t('erp.field.amount')}
        description={leaves}
        value={of.amount}
        onValue={(amount) => set({ amount })}
        named="amount"
      />
      {arrives === undefined ? null : (
        <AmountField
          label={t('erp.field.arriving')}
          description={arrives}
          value={of.arriving}
          onValue={(arriving) => set({ arriving })}
          named="arriving"
        />
      )}
      <div className="is-wide">
        <Field
          label={t('erp.field.text')}
          value={of.text}
          onValue={(text) => set({ text })}
          maxLength={500}
          named="text"
          optional
        />
      </div>
    </>
  );
}

/** A transfer that somebody writes; between currencies it also says what arrives. */
function Written({ of: accounts }: { readonly of: readonly BankAccount[] }): ReactNode {
  const { t } = useTranslation();
  const { code: entity } = useEntity();
  const today = useToday();
  const [ends, setEnds] = useState({ from: accounts[0]?.id ?? '', to: accounts[1]?.id ?? '' });
  const [values, setValues] = useState({ on: today, amount: '', arriving: '', text: '' });
  const currencyOf = (id: string): string =>
    accounts.find((account) => account.id === id)?.currency ?? '';
  const [leaves, reached] = [currencyOf(ends.from), currencyOf(ends.to)];
  const arrives = leaves === reached ? undefined : reached;
  const make = (key: string) => {
    const { on, amount, arriving, text } = values;
    const more = filled({ text, ...(arrives === undefined ? {} : { arriving }) });
    const body = { ...ends, on, amount: amount.trim(), ...more };
    return callBooks('postBankTransfer', { params: { entity }, body, key });
  };
  return (
    <NewDocument
      list="bank-transfers"
      title={t('erp.new.bank-transfers')}
      about={t('erp.form.transferAbout')}
      main={{ text: t('erp.form.post'), make }}
    >
      <div className="erp-form-grid">
        <EndFields accounts={accounts} of={ends} onEnds={setEnds} />
        <MoneyFields
          of={values}
          set={(some) => setValues({ ...values, ...some })}
          leaves={leaves}
          arrives={arrives}
        />
      </div>
    </NewDocument>
  );
}

/** The page on which a transfer is written; it takes two accounts of ours. */
export function NewBankTransfer(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const accounts = useBooks('listOwnBankAccounts', { params: { entity: code } });
  return (
    <Async of={loadable(accounts)}>
      {({ items }) =>
        items.length > 1 ? (
          <Written of={items} />
        ) : (
          <>
            <ObjectHead list="bank-transfers" title={t('erp.new.bank-transfers')} />
            <section
              className="rialto-card erp-document-form"
              aria-label={t('erp.new.bank-transfers')}
            >
              <p className="erp-note">
                {t('erp.bank.twoAccounts')}{' '}
                <ToList list="bank-accounts">{t('erp.list.bank-accounts')}</ToList>
              </p>
            </section>
          </>
        )
      }
    </Async>
  );
}
