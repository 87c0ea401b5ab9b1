import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActButton } from '../../shared/act-button.tsx';
import { differenceOf } from '../../shared/exact.ts';
import { useTranslation } from '../../shared/i18n.ts';
import { ReasonForm } from '../../shared/reason-form.tsx';
import { useMay } from '../../shared/use-may.ts';
import { callBooks } from './ask-books.ts';
import { Acts } from './booking-form.tsx';
import { useEntity } from './entity.ts';
import { DayField, Field } from './fields.tsx';
import { filled, orNull } from './forms/filled.ts';
import { TermsField } from './forms/terms-field.tsx';
import { InvoiceForm } from './invoice-form.tsx';
import { isAbove } from './left.ts';
import { ChangeOrder } from './orders/change-order.tsx';
import { HeadText } from './orders/head-text.tsx';
import { SellerFields } from './orders/seller-fields.tsx';
import { useAddedLines } from './orders/use-added-lines.ts';
import { useHead } from './orders/use-head.ts';
import { QuantitiesForm } from './quantities-form.tsx';

type Order = ReplyOf<'getSalesOrder'>;

/** Which steps an order's status allows; the server's table says the same. */
const STEPS: Readonly<Record<Order['status'], readonly ('cancel' | 'close' | 'reopen')[]>> = {
  draft: ['cancel'],
  'on-credit-hold': ['cancel'],
  confirmed: ['cancel', 'close'],
  'partly-delivered': ['close'],
  delivered: ['close'],
  closed: ['reopen'], // What a person closed.
  cancelled: [],
};

const openLines = ({ id, lines }: Order) =>
  lines
    .filter((line) => line.isDeliveredAgainst && !line.isCancelled && !line.isFinal)
    .flatMap(({ number, item, text, unit, ordered, delivered }) => {
      const left = differenceOf(ordered, delivered);
      return left === undefined || !isAbove(left)
        ? []
        : [{ order: id, line: number, item, text, unit, left }];
    });

function Deliver({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <QuantitiesForm
      title={t('erp.act.deliver')}
      about={t('erp.act.deliverAbout')}
      noteLabel={t('erp.field.carrier')}
      lines={openLines(of)}
      tracks
      act={({ on, note, lines, key }) =>
        callBooks('postDelivery', {
          params: { entity: code },
          body: {
            shippedOn: on,
            postedOn: on,
            ...(note === '' ? {} : { carrier: note }),
            lines: lines.map((line) => ({ ...line, order: of.id })),
          },
          key,
        })
      }
    />
  );
}

const returnable = ({ lines }: Order) =>
  lines
    .filter(({ delivered }) => isAbove(delivered))
    .map(({ number, item, text, unit, delivered }) => ({
      line: number,
      item,
      text,
      unit,
      left: delivered,
    }));

function TakeReturn({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <QuantitiesForm
      title={t('erp.act.takeReturn')}
      about={t('erp.act.takeReturnAbout')}
      noteLabel={t('act.reason')}
      lines={returnable(of)}
      tracks
      startsEmpty
      act={({ on, note: reason, lines, key }) =>
        callBooks('postDelivery', {
          params: { entity: code },
          body: {
            kind: 'return',
            shippedOn: on,
            postedOn: on,
            lines: lines.map((line) => ({ ...line, order: of.id, ...filled({ reason }) })),
          },
          key,
        })
      }
    />
  );
}

const CHANGEABLE: ReadonlySet<Order['status']> = new Set([
  'draft',
  'on-credit-hold',
  'confirmed',
  'partly-delivered',
  'delivered',
]);

function Change({ of }: { readonly of: Order }): ReactNode {
  const { id, version, lines, customer, issuedOn, currency } = of;
  const { t } = useTranslation();
  const { code } = useEntity();
  const added = useAddedLines('sales', { party: customer, on: issuedOn, currency });
  const { paymentTerms, requestedOn, customerReference, text } = of;
  const head = useHead({
    paymentTerms,
    requestedOn: requestedOn ?? '',
    customerReference,
    text,
    salesperson: of.salesperson ?? '',
    channel: of.channel ?? '',
  });
  const { requestedOn: day, salesperson, channel, ...rest } = head.changed;
  const set = {
    ...rest,
    ...(day === undefined ? {} : { requestedOn: orNull(day) }),
    ...(salesperson === undefined ? {} : { salesperson: orNull(salesperson) }),
    ...(channel === undefined ? {} : { channel: orNull(channel) }),
  };
  const more = added.bodies.map((line, at) => ({
    ...line,
    ...filled({ discountPercent: added.lines[at]?.discount ?? '' }),
  }));
  return (
    <ChangeOrder
      title={t('erp.act.changeOrder')}
      about={t('erp.act.changeOrderAbout')}
      lines={lines}
      added={added}
      act={({ key, ...change }) =>
        callBooks('changeSalesOrder', {
          params: { entity: code, id },
          body: {
            version,
            ...change,
            ...(head.isChanged ? { set } : {}),
            ...(more.length === 0 ? {} : { added: more }),
          },
          key,
        })
      }
    >
      <TermsField value={head.of.paymentTerms} onValue={head.put('paymentTerms')} isSet />
      <DayField
        label={t('erp.field.requestedOn')}
        value={head.of.requestedOn}
        onValue={head.put('requestedOn')}
        named="requestedOn"
        optional
      />
      <Field
        label={t('erp.field.theirNumber')}
        value={head.of.customerReference}
        onValue={head.put('customerReference')}
        maxLength={100}
        named="customerReference"
        optional
      />
      <SellerFields of={head.of} put={head.put} />
      <HeadText value={head.of.text} onValue={head.put('text')} />
    </ChangeOrder>
  );
}

/** What an order's status lets one do, of what one may. */
export function SalesOrderActs({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayWrite = useMay('sales:write');
  const mayApprove = useMay('sales:approve');
  const mayPost = useMay('sales:post');
  const mayCharge = useMay('receivables:post');
  const { id, version, status } = of;
  const params = { entity: code, id };
  const isMoving = status === 'confirmed' || status === 'partly-delivered';
  const isChargeable = of.lines.some(({ isDeliveredAgainst, delivered, ordered, invoiced }) =>
    isAbove(differenceOf(isDeliveredAgainst ? delivered : ordered, invoiced) ?? '0'),
  );
  return (
    <Acts>
      {mayWrite && status === 'draft' ? (
        <div className="rialto-tools">
          <ActButton
            main
            text={t('erp.act.confirm')}
            act={() => callBooks('stepSalesOrder', { params, body: { step: 'confirm', version } })}
          />
          <span className="rialto-dim">{t('erp.act.confirmAbout')}</span>
        </div>
      ) : null}
      {mayWrite && isMoving && openLines(of).length > 0 ? (
        <div className="rialto-tools">
          <ActButton
            text={t('erp.act.reserve')}
            act={() => callBooks('stepSalesOrder', { params, body: { step: 'reserve', version } })}
          />
          <span className="rialto-dim">{t('erp.act.reserveAbout')}</span>
        </div>
      ) : null}
      {mayApprove && status === 'on-credit-hold' ? (
        <ReasonForm
          title={t('erp.act.releaseCredit')}
          about={t('erp.act.releaseCreditAbout')}
          act={(reason) => callBooks('releaseSalesCredit', { params, body: { version, reason } })}
        />
      ) : null}
      {mayPost && isMoving && openLines(of).length > 0 ? <Deliver key={version} of={of} /> : null}
      {mayPost && returnable(of).length > 0 ? <TakeReturn key={`back ${version}`} of={of} /> : null}
      {mayCharge && isChargeable && status !== 'draft' && status !== 'cancelled' ? (
        <InvoiceForm orders={[id]} />
      ) : null}
      {mayWrite && CHANGEABLE.has(status) ? <Change key={`change ${version}`} of={of} /> : null}
      {mayWrite
        ? STEPS[status]
            .filter((step) => step !== 'reopen' || of.isClosed)
            .map((step) => (
              <ReasonForm
                key={step}
                title={t(`erp.act.${step}`)}
                about={t(`erp.act.${step}About`)}
                act={(reason) =>
                  callBooks('stepSalesOrder', { params, body: { step, version, reason } })
                }
              />
            ))
        : null}
    </Acts>
  );
}
