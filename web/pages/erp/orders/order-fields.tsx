import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { DayField, Field } from '../fields.tsx';
import { CurrencyField } from '../forms/currency-field.tsx';
import { PartyBox } from '../forms/party-box.tsx';
import { TermsField } from '../forms/terms-field.tsx';
import { OrderLines } from './order-lines.tsx';
import type { OrderDraft } from './use-order.ts';

/** What every order that is being written asks for; `children` are what only one side does. */
export function OrderFields(props: {
  readonly of: OrderDraft;
  readonly children: ReactNode;
}): ReactNode {
  const { of, children } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className="erp-form-grid">
        <div className="is-wide">
          <PartyBox
            role={of.side === 'sales' ? 'customer' : 'supplier'}
            value={of.party}
            onValue={of.setParty}
          />
        </div>
        <DayField
          label={t('field.issuedOn')}
          value={of.on}
          onValue={(issuedOn) => of.set({ issuedOn })}
          named="issuedOn"
        />
        <CurrencyField value={of.currency} onValue={(currency) => of.set({ currency })} />
        <TermsField
          value={of.terms}
          usual={of.party?.paymentTerms}
          onValue={(terms) => of.set({ terms })}
        />
        {children}
        <div className="is-wide">
          <Field
            label={t('erp.field.text')}
            value={of.text}
            onValue={(text) => of.set({ text })}
            maxLength={1000}
            named="text"
            optional
          />
        </div>
      </div>
      <OrderLines of={of} />
    </>
  );
}
