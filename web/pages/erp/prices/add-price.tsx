import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, DayField } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { ItemBox } from '../forms/item-box.tsx';
import type { Item } from '../forms/item-box.tsx';

const BLANK = { price: '', minQuantity: '', validFrom: '', validTo: '' };

/** Puts a price on a list, from a quantity and a day on. */
export function AddPrice(props: { readonly list: string; readonly currency: string }): ReactNode {
  const { list, currency } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [turn, setTurn] = useState(0); // The box that finds items is emptied by a new one.
  const [item, setItem] = useState<Item>();
  const [of, setOf] = useState(BLANK);
  const set = (some: Partial<typeof BLANK>): void => setOf((before) => ({ ...before, ...some }));
  const validFrom = of.validFrom === '' ? today : of.validFrom;
  const send = async (key: string): Promise<void> => {
    await callBooks('addPrice', {
      params: { entity: code, id: list },
      body: {
        item: item?.id ?? '',
        price: of.price.trim(),
        validFrom,
        ...filled({ minQuantity: of.minQuantity, validTo: of.validTo }),
      },
      key,
    });
    setItem(undefined);
    setOf(BLANK);
    setTurn(turn + 1);
  };
  return (
    <BookingForm title={t('erp.act.addPrice')} about={t('erp.act.addPriceAbout')} main act={send}>
      <div className="erp-form-grid">
        <div className="is-wide">
          <ItemBox key={turn} value={item} onValue={setItem} named="item" />
        </div>
        <AmountField
          label={t('erp.field.price')}
          description={currency}
          value={of.price}
          onValue={(price) => set({ price })}
          named="price"
        />
        <AmountField
          label={t('erp.field.fromQuantity')}
          value={of.minQuantity}
          onValue={(minQuantity) => set({ minQuantity })}
          named="minQuantity"
          optional
        />
        <DayField
          label={t('erp.field.validFrom')}
          value={validFrom}
          onValue={(day) => set({ validFrom: day })}
          named="validFrom"
        />
        <DayField
          label={t('erp.field.validTo')}
          value={of.validTo}
          onValue={(validTo) => set({ validTo })}
          named="validTo"
          optional
        />
      </div>
    </BookingForm>
  );
}
