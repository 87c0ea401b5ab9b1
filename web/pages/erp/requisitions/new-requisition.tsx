import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { FormLines } from '../forms/form-lines.tsx';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';
import { NewDocument } from '../forms/new-document.tsx';
import { PartyBox } from '../forms/party-box.tsx';
import type { Party } from '../forms/party-box.tsx';
import { useLineChoices } from '../orders/line-choices.ts';
import type { LineChoices } from '../orders/line-choices.ts';
import { RequesterField } from '../orders/requester-field.tsx';

type Wish = {
  readonly key: number;
  readonly item: Item | undefined;
  readonly text: string; // What it is, where it is no item.
  readonly quantity: string;
  readonly unit: string;
  readonly neededOn: string; // '' is today.
  readonly price: string;
  readonly supplier: Party | undefined;
  readonly warehouse: string;
  readonly costCentre: string;
};

const MOST = 500;
const emptyWish = (key: number): Wish => ({
  key,
  item: undefined,
  text: '',
  quantity: '1',
  unit: 'C62',
  neededOn: '',
  price: '',
  supplier: undefined,
  warehouse: '',
  costCentre: '',
});

const bodyOf = (wish: Wish, today: string) => ({
  ...(wish.item === undefined ? { text: wish.text.trim() } : { item: wish.item.id }),
  quantity: wish.quantity.trim(),
  unit: wish.unit,
  neededOn: wish.neededOn === '' ? today : wish.neededOn,
  ...filled({
    estimatedPrice: wish.price,
    warehouse: wish.warehouse,
    costCentre: wish.costCentre,
    supplier: wish.supplier?.id ?? '',
  }),
});

type WishProps = {
  readonly at: number;
  readonly of: Wish;
  readonly choices: LineChoices;
  readonly set: (some: Partial<Wish>) => void;
};

/** Where it is to go and what pays for it. */
function Where({ at, of, choices, set }: WishProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceField
        label={t('erp.field.warehouse')}
        value={of.warehouse}
        onValue={(warehouse) => set({ warehouse })}
        of={choices.warehouses}
        none={t('erp.form.nowhere')}
        named={`lines.${at}.warehouse`}
      />
      <ChoiceField
        label={t('erp.field.costCentre')}
        value={of.costCentre}
        onValue={(costCentre) => set({ costCentre })}
        of={choices.costCentres}
        none={t('erp.form.none')}
        named={`lines.${at}.costCentre`}
      />
    </>
  );
}

function WishFields(props: WishProps & { readonly today: string }): ReactNode {
  const { at, of, choices, set, today } = props;
  const { t } = useTranslation();
  const { currency } = useEntity();
  return (
    <>
      <div className="is-wide">
        <ItemBox
          value={of.item}
          isFree
          named={`lines.${at}.item`}
          onValue={(item, text) => set({ item, text, unit: item?.baseUnit ?? 'C62' })}
        />
      </div>
      <AmountField
        label={t('erp.field.quantity')}
        description={choices.unitName(of.unit)}
        value={of.quantity}
        onValue={(quantity) => set({ quantity })}
        named={`lines.${at}.quantity`}
      />
      <DayField
        label={t('erp.field.requestedOn')}
        value={of.neededOn === '' ? today : of.neededOn}
        onValue={(neededOn) => set({ neededOn })}
        named={`lines.${at}.neededOn`}
      />
      <AmountField
        label={t('erp.form.estimate')}
        description={t('erp.form.estimateHint', { currency })}
        value={of.price}
        onValue={(price) => set({ price })}
        named={`lines.${at}.estimatedPrice`}
        optional
      />
      <div className="is-wide">
        <PartyBox
          role="supplier"
          label={t('erp.form.askSupplier')}
          value={of.supplier}
          onValue={(supplier) => set({ supplier })}
          named={`lines.${at}.supplier`}
          optional
        />
      </div>
      <Where at={at} of={of} choices={choices} set={set} />
    </>
  );
}

function Wishes(props: {
  readonly of: readonly Wish[];
  readonly onWishes: (wishes: readonly Wish[]) => void;
  readonly today: string;
}): ReactNode {
  const { of, onWishes, today } = props;
  const choices = useLineChoices({ side: 'purchase', party: undefined, on: today });
  return (
    <FormLines of={of} onLines={onWishes} empty={emptyWish} most={MOST}>
      {(wish, at, onWish) => (
        <WishFields
          at={at}
          of={wish}
          choices={choices}
          today={today}
          set={(some) => onWish({ ...wish, ...some })}
        />
      )}
    </FormLines>
  );
}

/** A requisition that somebody writes: what is wanted, by when, and who may be asked for it. */
export function NewRequisition(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [text, setText] = useState('');
  const [requester, setRequester] = useState('');
  const [wishes, setWishes] = useState<readonly Wish[]>(() => [emptyWish(1)]);
  const params = { entity: code };
  const make = (key: string) =>
    callBooks('createRequisition', {
      params,
      body: {
        issuedOn: day ?? today,
        ...filled({ text, requester }),
        lines: wishes.map((wish) => bodyOf(wish, today)),
      },
      key,
    });
  return (
    <NewDocument
      list="requisitions"
      title={t('erp.new.requisitions')}
      about={t('erp.form.requisitionAbout')}
      main={{
        text: t('erp.form.saveAndSubmit'),
        make,
        next: ({ id }) =>
          callBooks('stepRequisition', {
            params: { ...params, id },
            body: { step: 'submit', version: 1 },
          }),
      }}
      other={{ text: t('erp.form.saveDraft'), make }}
    >
      <div className="erp-form-grid">
        <DayField
          label={t('field.issuedOn')}
          value={day ?? today}
          onValue={setDay}
          named="issuedOn"
        />
        <RequesterField
          value={requester}
          onValue={setRequester}
          description={t('erp.form.requesterHint')}
        />
        <div className="is-wide">
          <Field
            label={t('erp.field.text')}
            value={text}
            onValue={setText}
            maxLength={1000}
            named="text"
            optional
          />
        </div>
      </div>
      <Wishes of={wishes} onWishes={setWishes} today={today} />
    </NewDocument>
  );
}
