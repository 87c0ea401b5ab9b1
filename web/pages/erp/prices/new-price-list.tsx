import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField, DayField, Field } from '../fields.tsx';
import { CurrencyField } from '../forms/currency-field.tsx';
import { filled } from '../forms/filled.ts';
import { NewDocument } from '../forms/new-document.tsx';
import { PartyBox } from '../forms/party-box.tsx';
import type { Party } from '../forms/party-box.tsx';

const FOR = ['everyone', 'segment', 'customer'] as const;

type Validity = { readonly currency: string; readonly validFrom: string; readonly validTo: string };

/** In what, from when and until when prices hold. */
function Validity(props: {
  readonly of: Validity;
  readonly set: (some: Partial<Validity>) => void;
}): ReactNode {
  const { of, set } = props;
  const { t } = useTranslation();
  return (
    <>
      <CurrencyField value={of.currency} onValue={(chosen) => set({ currency: chosen })} />
      <DayField
        label={t('erp.field.validFrom')}
        value={of.validFrom}
        onValue={(from) => set({ validFrom: from })}
        named="validFrom"
      />
      <DayField
        label={t('erp.field.validTo')}
        value={of.validTo}
        onValue={(to) => set({ validTo: to })}
        named="validTo"
        optional
      />
    </>
  );
}

/** A list of sales prices that somebody begins; its prices are put on it on its page. */
export function NewPriceList(): ReactNode {
  const { t } = useTranslation();
  const entity = useEntity();
  const today = useToday();
  const [customer, setCustomer] = useState<Party>();
  const [of, setOf] = useState({
    code: '',
    name: '',
    currency: entity.currency,
    whom: 'everyone',
    segment: '',
    validFrom: today,
    validTo: '',
  });
  const set = (some: Partial<typeof of>): void => setOf((before) => ({ ...before, ...some }));
  const { code, name, currency, whom, segment, validFrom, validTo } = of;
  const make = (key: string) =>
    callBooks('createPriceList', {
      params: { entity: entity.code },
      body: {
        code: code.trim(),
        name: name.trim(),
        currency,
        validFrom,
        ...filled({
          validTo,
          segment: whom === 'segment' ? segment : '',
          customer: whom === 'customer' ? (customer?.id ?? '') : '',
        }),
      },
      key,
    });
  const text = (field: 'code' | 'name' | 'segment', most: number): ReactNode => (
    <Field
      label={t(`erp.field.${field}`)}
      value={of[field]}
      onValue={(typed) => set({ [field]: typed })}
      maxLength={most}
      named={field}
    />
  );
  return (
    <NewDocument
      list="price-lists"
      title={t('erp.new.price-lists')}
      about={t('erp.form.priceListAbout')}
      main={{ text: t('erp.form.save'), make }}
    >
      <div className="erp-form-grid">
        {text('code', 40)}
        <div className="is-wide">{text('name', 200)}</div>
        <ChoiceField
          label={t('erp.field.forWhom')}
          value={whom}
          onValue={(chosen) => set({ whom: chosen })}
          of={FOR.map((value) => ({ value, label: t(`erp.form.pricesFor.${value}`) }))}
        />
        {whom === 'segment' ? text('segment', 50) : null}
        {whom === 'customer' ? (
          <div className="is-wide">
            <PartyBox role="customer" value={customer} onValue={setCustomer} />
          </div>
        ) : null}
        <Validity of={of} set={set} />
      </div>
    </NewDocument>
  );
}
