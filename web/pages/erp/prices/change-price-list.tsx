import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { ChoiceField, DayField, Field } from '../fields.tsx';
import { orNull } from '../forms/filled.ts';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';

type Of = ReplyOf<'getPriceList'>;

/** Changes what a price list is called and until when it holds. */
export function ChangePriceList({ of }: { readonly of: Of }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [name, setName] = useState(of.name);
  const [validTo, setValidTo] = useState(of.validTo ?? '');
  const set = {
    ...(name.trim() === of.name ? {} : { name: name.trim() }),
    ...(validTo === (of.validTo ?? '') ? {} : { validTo: orNull(validTo) }),
  };
  return (
    <BookingForm
      title={t('erp.form.change')}
      act={(key) =>
        callBooks('changePriceList', {
          params: { entity: code, id: of.id },
          body: { version: of.version, set },
          key,
        })
      }
    >
      <div className="erp-form-grid">
        <div className="is-wide">
          <Field
            label={t('erp.field.name')}
            value={name}
            onValue={setName}
            maxLength={200}
            named="name"
          />
        </div>
        <DayField
          label={t('erp.field.validTo')}
          value={validTo}
          onValue={setValidTo}
          named="validTo"
          optional
        />
      </div>
    </BookingForm>
  );
}

/** Ends a price of a list on a day: from then on another one holds, or none. */
export function EndPrice({ of }: { readonly of: Of }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const format = useFormat();
  const [item, setItem] = useState<Item>();
  const [chosen, setChosen] = useState('');
  const prices = of.prices.filter((one) => one.item === item?.id);
  const price = prices.find(({ id }) => id === chosen)?.id ?? prices[0]?.id ?? '';
  const [validTo, setValidTo] = useState('');
  return (
    <BookingForm
      title={t('erp.act.endPrice')}
      about={t('erp.act.endPriceAbout')}
      act={(key) =>
        callBooks('changePriceList', {
          params: { entity: code, id: of.id },
          body: { version: of.version, prices: [{ id: price, validTo: orNull(validTo) }] },
          key,
        })
      }
    >
      <div className="erp-form-grid">
        <div className="is-wide">
          <ItemBox value={item} onValue={setItem} named="item" />
        </div>
        <ChoiceField
          label={t('erp.field.price')}
          value={price}
          onValue={setChosen}
          of={prices.map(({ id, price: amount, minQuantity, validFrom }) => ({
            value: id,
            label: t('erp.form.priceSince', {
              price: `${format.price(amount, of.currency)} ${of.currency}`,
              quantity: format.decimal(minQuantity),
              day: format.day(validFrom),
            }),
          }))}
        />
        <DayField
          label={t('erp.field.validTo')}
          value={validTo}
          onValue={setValidTo}
          named="prices.0.validTo"
          optional
        />
      </div>
    </BookingForm>
  );
}
