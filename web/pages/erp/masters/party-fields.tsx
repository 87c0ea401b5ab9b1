import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { AmountField, Field } from '../fields.tsx';
import { CountryField } from '../forms/country-field.tsx';
import { CurrencyField } from '../forms/currency-field.tsx';
import { filled, orNull } from '../forms/filled.ts';
import type { Party } from '../forms/party-box.tsx';
import { TermsField } from '../forms/terms-field.tsx';

/** A customer or supplier as somebody is writing it; '' is nothing. */
export type PartyDraft = {
  readonly name: string;
  readonly legalName: string;
  readonly country: string;
  readonly currency: string;
  readonly paymentTerms: string;
  readonly creditLimit: string;
  readonly salesperson: string;
  readonly segment: string;
  readonly taxId: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly contact: string;
  readonly email: string;
};

type Address = Party['addresses'][number];
const VAT = 'vat';

/** What stands in a party, for a form; without one, what a new one begins with. */
export function draftOf(party: Partial<Party>): PartyDraft {
  const [address, contact] = [party.addresses?.[0], party.contacts?.[0]];
  return {
    name: party.name ?? '',
    legalName: party.legalName ?? '',
    country: party.country ?? '',
    currency: party.currency ?? '',
    paymentTerms: party.paymentTerms ?? '',
    creditLimit: party.creditLimit ?? '',
    salesperson: party.salesperson ?? '',
    segment: party.segment ?? '',
    taxId: party.taxIds?.[0]?.value ?? '',
    street: address?.street ?? '',
    postalCode: address?.postalCode ?? '',
    city: address?.city ?? '',
    contact: contact?.name ?? '',
    email: contact?.email ?? '',
  };
}

/** The lists of a party as the form leaves them: its first of each is changed, the others stay. */
function listsOf(draft: PartyDraft, party: Partial<Party>) {
  const [address, ...addresses] = party.addresses ?? [];
  const [contact, ...contacts] = party.contacts ?? [];
  const [taxId, ...taxIds] = party.taxIds ?? [];
  const { street, postalCode, city, country } = draft;
  const hasAddress = [street, postalCode, city].some((text) => text.trim() !== '');
  const written: Address = {
    kind: address?.kind ?? 'main',
    ...filled({ street, postalCode, city, region: address?.region ?? '' }),
    country: address?.country ?? country,
  };
  const named = { ...contact, name: draft.contact.trim(), ...filled({ email: draft.email }) };
  const scheme = taxId?.scheme ?? VAT;
  return {
    addresses: [...(hasAddress ? [written] : []), ...addresses],
    contacts: [...(named.name === '' ? [] : [named]), ...contacts],
    taxIds: [...(draft.taxId.trim() === '' ? [] : [{ scheme, value: draft.taxId }]), ...taxIds],
  };
}

/** What a new party is sent with: what nobody wrote is left out. */
export function newPartyOf(draft: PartyDraft) {
  const { legalName, country, currency, paymentTerms, creditLimit, salesperson, segment } = draft;
  return {
    name: draft.name.trim(),
    ...filled({ legalName, country, currency, paymentTerms, creditLimit, salesperson, segment }),
    ...listsOf(draft, {}),
  };
}

/** What a party is changed to: what was emptied is emptied. */
export function changeOf(draft: PartyDraft, party: Party) {
  return {
    name: draft.name.trim(),
    legalName: orNull(draft.legalName),
    country: orNull(draft.country),
    currency: orNull(draft.currency),
    paymentTerms: orNull(draft.paymentTerms),
    creditLimit: orNull(draft.creditLimit),
    salesperson: orNull(draft.salesperson),
    segment: orNull(draft.segment),
    ...listsOf(draft, party),
  };
}

type Part = {
  readonly of: PartyDraft;
  readonly set: (some: Partial<PartyDraft>) => void;
};

function Terms({ of, set, role }: Part & { readonly role: Party['role'] }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <CurrencyField value={of.currency} onValue={(currency) => set({ currency })} optional />
      <TermsField value={of.paymentTerms} onValue={(paymentTerms) => set({ paymentTerms })} />
      {role === 'customer' ? (
        <>
          <AmountField
            label={t('erp.field.creditLimit')}
            value={of.creditLimit}
            onValue={(creditLimit) => set({ creditLimit })}
            named="creditLimit"
            optional
          />
          <Field
            label={t('erp.field.salesperson')}
            value={of.salesperson}
            onValue={(salesperson) => set({ salesperson })}
            maxLength={100}
            optional
            named="salesperson"
          />
        </>
      ) : null}
      <Field
        label={t('erp.field.segment')}
        value={of.segment}
        onValue={(segment) => set({ segment })}
        maxLength={50}
        optional
        named="segment"
      />
    </>
  );
}

/** What a customer or supplier is asked for, new or changed. */
export function PartyFields(props: Part & { readonly role: Party['role'] }): ReactNode {
  const { of, set, role } = props;
  const { t } = useTranslation();
  const text = (
    name: keyof PartyDraft,
    label: string,
    maxLength: number,
    named: string = name,
  ): ReactNode => (
    <Field
      label={label}
      value={of[name]}
      onValue={(value) => set({ [name]: value })}
      maxLength={maxLength}
      named={named}
      optional
    />
  );
  return (
    <div className="erp-form-grid">
      <div className="is-wide">
        <Field
          label={t('erp.field.name')}
          value={of.name}
          onValue={(name) => set({ name })}
          maxLength={200}
          named="name"
        />
      </div>
      <div className="is-wide">{text('legalName', t('erp.field.legalName'), 200)}</div>
      <CountryField value={of.country} onValue={(country) => set({ country })} />
      {text('taxId', t('erp.form.taxId'), 50, 'taxIds')}
      <Terms of={of} set={set} role={role} />
      <div className="is-wide">{text('street', t('erp.form.street'), 200)}</div>
      {text('postalCode', t('erp.form.postalCode'), 20)}
      {text('city', t('erp.form.city'), 100)}
      {text('contact', t('erp.form.contact'), 200)}
      <div className="is-wide">{text('email', t('erp.form.email'), 200)}</div>
    </div>
  );
}
