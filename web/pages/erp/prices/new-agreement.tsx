import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField, DayField } from '../fields.tsx';
import { CurrencyField } from '../forms/currency-field.tsx';
import { filled } from '../forms/filled.ts';
import { NewDocument } from '../forms/new-document.tsx';
import { PartyBox } from '../forms/party-box.tsx';
import type { Party } from '../forms/party-box.tsx';
import { agreedBodyOf, AgreedFields, emptyAgreed } from './agreed-fields.tsx';

const KINDS = ['price', 'volume', 'blanket', 'framework'] as const;
const SIDES = ['purchase', 'sales'] as const;

const BLANK = { side: 'purchase', kind: 'price', currency: '', from: '', to: '' };
const sideOf = ({ side }: typeof BLANK) => SIDES.find((one) => one === side) ?? 'purchase';

/** With whom it was agreed, what kind it is, and from when until when it holds. */
function Head(props: {
  readonly of: typeof BLANK;
  readonly set: (some: Partial<typeof BLANK>) => void;
  readonly party: Party | undefined;
  readonly onParty: (party: Party | undefined) => void;
}): ReactNode {
  const { of, set, party, onParty } = props;
  const { t } = useTranslation();
  const side = sideOf(of);
  return (
    <div className="erp-form-grid">
      <ChoiceField
        label={t('erp.agreedWith')}
        value={side}
        onValue={(chosen) => {
          set({ side: chosen });
          onParty(undefined);
        }}
        of={SIDES.map((value) => ({ value, label: t(`erp.form.agreedSide.${value}`) }))}
        named="side"
      />
      <div className="is-wide">
        <PartyBox
          key={side}
          role={side === 'sales' ? 'customer' : 'supplier'}
          value={party}
          onValue={onParty}
          named="party"
        />
      </div>
      <ChoiceField
        label={t('field.kind')}
        value={of.kind}
        onValue={(kind) => set({ kind })}
        of={KINDS.map((value) => ({ value, label: t(`erp.agreementKind.${value}`) }))}
        named="kind"
      />
      <CurrencyField value={of.currency} onValue={(chosen) => set({ currency: chosen })} />
      <DayField
        label={t('erp.field.validFrom')}
        value={of.from}
        onValue={(from) => set({ from })}
        named="validFrom"
      />
      <DayField
        label={t('erp.field.validTo')}
        value={of.to}
        onValue={(to) => set({ to })}
        named="validTo"
        optional
      />
    </div>
  );
}

/** What somebody has agreed with a customer or a supplier. */
export function NewAgreement(): ReactNode {
  const { t } = useTranslation();
  const entity = useEntity();
  const today = useToday();
  const [party, setParty] = useState<Party>();
  const [lines, setLines] = useState(() => [emptyAgreed(1)]);
  const [of, setOf] = useState(BLANK);
  const set = (some: Partial<typeof BLANK>): void => setOf((before) => ({ ...before, ...some }));
  const side = sideOf(of);
  const currency = of.currency === '' ? (party?.currency ?? entity.currency) : of.currency;
  const validFrom = of.from === '' ? today : of.from;
  const make = (key: string) =>
    callBooks('createAgreement', {
      params: { entity: entity.code },
      body: {
        side,
        kind: KINDS.find((one) => one === of.kind) ?? 'price',
        party: party?.id ?? '',
        currency,
        validFrom,
        ...filled({ validTo: of.to }),
        lines: lines.map((line, at) => agreedBodyOf(at + 1, line)),
      },
      key,
    });
  return (
    <NewDocument
      list="agreements"
      title={t('erp.new.agreements')}
      about={t('erp.form.agreementAbout')}
      main={{ text: t('erp.form.save'), make }}
    >
      <Head of={{ ...of, currency, from: validFrom }} set={set} party={party} onParty={setParty} />
      <AgreedFields
        side={sideOf(of)}
        of={lines}
        onLines={(some) => setLines([...some])}
        currency={currency}
      />
    </NewDocument>
  );
}
