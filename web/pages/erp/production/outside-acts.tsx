import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useNow } from '../../../shared/use-now.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { isAbove } from '../left.ts';
import { leftAt, leftOutside, leftToShip } from './left-at.ts';
import { lastHour, SpanFields, spanOf } from './span-fields.tsx';
import { usePieces } from './use-pieces.tsx';

type Order = ReplyOf<'getWorkOrder'>;
type Operation = Order['operations'][number];
type Step = { readonly of: Order; readonly operation: Operation };

const ordered = ({ of, operation }: Step): boolean =>
  of.outsideOrders.some((one) => one.operation === operation.number);

/** Orders a step from the supplier who does it. */
function OrderStep({ of, operation }: Step): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [quantity, setQuantity] = useState(() => leftAt(of, operation));
  const [promisedOn, setPromisedOn] = useState('');
  return (
    <BookingForm
      title={t('erp.act.orderOutside', { step: operation.name })}
      about={t('erp.act.orderOutsideAbout')}
      act={(key) =>
        callBooks('orderOutside', {
          params: { entity: code, id: of.id },
          body: {
            operation: operation.number,
            quantity: quantity.trim(),
            issuedOn: today,
            ...filled({ promisedOn }),
          },
          key,
        })
      }
    >
      <AmountField
        label={t('erp.field.quantity')}
        value={quantity}
        onValue={setQuantity}
        named="quantity"
      />
      <DayField
        label={t('field.promisedOn')}
        value={promisedOn}
        onValue={setPromisedOn}
        named="promisedOn"
        optional
      />
    </BookingForm>
  );
}

/** Sends the pieces, and what we provide with them, to the supplier. */
function ShipStep({ of, operation }: Step): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [quantity, setQuantity] = useState(() => leftToShip(of, operation));
  return (
    <BookingForm
      title={t('erp.act.shipOutside', { step: operation.name })}
      about={t('erp.act.shipOutsideAbout')}
      act={(key) =>
        callBooks('shipOutside', {
          params: { entity: code, id: of.id },
          body: {
            operation: operation.number,
            quantity: quantity.trim(),
            postedOn: day ?? today,
          },
          key,
        })
      }
    >
      <AmountField
        label={t('erp.field.quantity')}
        value={quantity}
        onValue={setQuantity}
        named="quantity"
      />
      <DayField
        label={t('erp.field.postedOn')}
        value={day ?? today}
        onValue={setDay}
        named="postedOn"
      />
    </BookingForm>
  );
}

/** Takes back what the supplier has worked on, with what it cost. */
function ReceiveStep({ of, operation }: Step): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const now = useNow();
  const [day, setDay] = useState<string>();
  const [good, setGood] = useState(() => leftOutside(operation));
  const [scrap, setScrap] = useState('');
  const [scrapReason, setScrapReason] = useState('');
  const [deliveryNote, setNote] = useState('');
  const [span, setSpan] = useState(() => lastHour(now));
  const pieces = usePieces(of, operation, { good, scrap });
  const on = day ?? today;
  return (
    <BookingForm
      title={t('erp.act.receiveOutside', { step: operation.name })}
      about={t('erp.act.receiveOutsideAbout')}
      act={(key) =>
        callBooks('receiveOutside', {
          params: { entity: code, id: of.id },
          body: {
            operation: operation.number,
            ...filled({ good, scrap, scrapReason, deliveryNote }),
            ...spanOf(span),
            ...pieces.body,
            postedOn: on,
            receivedOn: on,
          },
          key,
        })
      }
    >
      <div className="erp-form-grid">
        <AmountField label={t('erp.field.good')} value={good} onValue={setGood} named="good" />
        <AmountField
          label={t('erp.field.scrap')}
          value={scrap}
          onValue={setScrap}
          named="scrap"
          optional
        />
        {isAbove(scrap) ? (
          <Field
            label={t('erp.form.scrapReason')}
            value={scrapReason}
            onValue={setScrapReason}
            maxLength={200}
            named="scrapReason"
          />
        ) : null}
        <Field
          label={t('erp.field.deliveryNote')}
          value={deliveryNote}
          onValue={setNote}
          maxLength={100}
          named="deliveryNote"
          optional
        />
        {pieces.fields}
        <SpanFields value={span} onValue={setSpan} />
        <DayField
          label={t('erp.field.receivedOn')}
          value={on}
          onValue={setDay}
          named="receivedOn"
        />
      </div>
    </BookingForm>
  );
}

/** What can be done about the steps that a supplier does. */
export function OutsideActs({ of }: { readonly of: Order }): ReactNode {
  const steps = of.operations.filter(({ kind, isFinal }) => kind === 'outside' && !isFinal);
  return steps.map((operation) => {
    const step = { of, operation };
    const isOut = isAbove(leftOutside(operation));
    const hasMore = isAbove(leftToShip(of, operation));
    return (
      <div key={operation.number}>
        {ordered(step) ? null : <OrderStep key={`order ${leftAt(of, operation)}`} {...step} />}
        {ordered(step) && hasMore ? (
          <ShipStep key={`ship ${leftToShip(of, operation)}`} {...step} />
        ) : null}
        {isOut ? <ReceiveStep key={leftOutside(operation)} {...step} /> : null}
      </div>
    );
  });
}
