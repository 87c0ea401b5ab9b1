import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { differenceOf } from '../../../shared/exact.ts';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { SerialsField, serialsOf } from '../forms/serials-field.tsx';
import { isAbove } from '../left.ts';
import { QuantitiesForm } from '../quantities-form.tsx';

type Order = ReplyOf<'getWorkOrder'>;

/** Materials that are still missing for the whole order. */
export const missingOf = ({ components }: Order) =>
  components.flatMap(({ number, item, required, unit, issued, isBackflushed }) => {
    const left = differenceOf(required, issued) ?? '0';
    return isBackflushed || !isAbove(left) ? [] : [{ line: number, item, text: item, unit, left }];
  });

/** Takes materials out of stock for an order. */
export function IssueMaterials({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <QuantitiesForm
      title={t('erp.act.issueMaterials')}
      about={t('erp.act.issueMaterialsAbout')}
      noteLabel={t('act.reason')}
      lines={missingOf(of)}
      tracks
      act={({ on, note, lines, key }) =>
        callBooks('issueWorkOrderMaterials', {
          params: { entity: code, id: of.id },
          body: {
            postedOn: on,
            ...filled({ reason: note }),
            lines: lines.map(({ line, quantity, batch = '', serials }) => ({
              component: line,
              quantity,
              ...filled({ batch }),
              ...(serials === undefined ? {} : { serials }),
            })),
          },
          key,
        })
      }
    />
  );
}

/** Takes into stock what was made. */
export function ReceiveProduct({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [quantity, setQuantity] = useState<string>();
  const [batch, setBatch] = useState(of.batch ?? '');
  const [expiresOn, setExpiresOn] = useState('');
  const [serials, setSerials] = useState('');
  const [day, setDay] = useState<string>();
  const left = differenceOf(of.good, of.received) ?? '0';
  const made = useBooks('getErpItem', { params: { entity: code, id: of.item } }).data?.item;
  return (
    <BookingForm
      title={t('erp.act.receiveProduct')}
      about={t('erp.act.receiveProductAbout')}
      main
      act={(key) =>
        callBooks('receiveWorkOrder', {
          params: { entity: code, id: of.id },
          body: {
            quantity: (quantity ?? left).trim(),
            postedOn: day ?? today,
            ...filled({ batch, expiresOn }),
            ...serialsOf(serials),
          },
          key,
        })
      }
    >
      <div className="erp-form-grid">
        <AmountField
          label={t('erp.field.quantity')}
          value={quantity ?? left}
          onValue={setQuantity}
          named="quantity"
        />
        <Field
          label={t('erp.field.batch')}
          value={batch}
          onValue={setBatch}
          maxLength={40}
          named="batch"
          optional
        />
        <DayField
          label={t('erp.form.expiresOn')}
          value={expiresOn}
          onValue={setExpiresOn}
          named="expiresOn"
          optional
        />
        {made?.serialManaged === true ? (
          <SerialsField
            label={t('erp.form.serials')}
            value={serials}
            onValue={setSerials}
            wanted={quantity ?? left}
            named="serials"
          />
        ) : null}
        <DayField
          label={t('erp.field.postedOn')}
          value={day ?? today}
          onValue={setDay}
          named="postedOn"
        />
      </div>
    </BookingForm>
  );
}
