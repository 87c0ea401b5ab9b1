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
import { Field } from './fields.tsx';
import { filled, orNull } from './forms/filled.ts';
import { TermsField } from './forms/terms-field.tsx';
import { isAbove } from './left.ts';
import { ChangeOrder } from './orders/change-order.tsx';
import { HeadText } from './orders/head-text.tsx';
import { RequesterField } from './orders/requester-field.tsx';
import { useAddedLines } from './orders/use-added-lines.ts';
import { useHead } from './orders/use-head.ts';
import { QuantitiesForm } from './quantities-form.tsx';
import { chargeableLines, SupplierInvoiceForm } from './supplier-invoice-form.tsx';

type Order = ReplyOf<'getErpPurchaseOrder'>;

/** Which steps an order's status allows; the server's table says the same. */
const STEPS: Readonly<Record<Order['status'], readonly ('cancel' | 'close' | 'reopen')[]>> = {
  draft: ['cancel'],
  'awaiting-approval': ['cancel'],
  rejected: [],
  cancelled: [],
  issued: ['cancel', 'close'],
  'partly-received': ['close'],
  received: ['close'],
  closed: ['reopen'], // What a person closed.
};

const openLines = ({ lines }: Order) =>
  lines
    .filter((line) => line.isReceivedAgainst && !line.isCancelled && !line.isFinal)
    .flatMap(({ number, item, text, unit, ordered, received }) => {
      const left = differenceOf(ordered, received) ?? '0';
      return isAbove(left) ? [{ line: number, item, text, unit, left }] : [];
    });

function Receive({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <QuantitiesForm
      title={t('erp.act.receive')}
      about={t('erp.act.receiveAbout')}
      noteLabel={t('erp.field.deliveryNote')}
      lines={openLines(of)}
      tracks
      rejects
      act={({ on, note, lines, key }) =>
        callBooks('postGoodsReceipt', {
          params: { entity: code },
          body: {
            receivedOn: on,
            postedOn: on,
            ...(note === '' ? {} : { deliveryNote: note }),
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
    .filter(({ received }) => isAbove(received))
    .map(({ number, item, text, unit, received }) => ({
      line: number,
      item,
      text,
      unit,
      left: received,
    }));

function SendBack({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <QuantitiesForm
      title={t('erp.act.sendBack')}
      about={t('erp.act.sendBackAbout')}
      noteLabel={t('act.reason')}
      lines={returnable(of)}
      tracks
      startsEmpty
      act={({ on, note: reason, lines, key }) =>
        callBooks('postGoodsReceipt', {
          params: { entity: code },
          body: {
            kind: 'return',
            receivedOn: on,
            postedOn: on,
            lines: lines.map((line) => ({ ...line, order: of.id, ...filled({ reason }) })),
          },
          key,
        })
      }
    />
  );
}

function Decide({ of: { id, version } }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (['approve', 'reject'] as const).map((step) => (
    <ReasonForm
      key={step}
      title={t(`erp.act.${step}`)}
      about={t(`erp.act.${step}About`)}
      act={(reason) =>
        callBooks('decideErpPurchaseOrder', {
          params: { entity: code, id },
          body: { step, version, reason },
        })
      }
    />
  ));
}

const CHANGEABLE: ReadonlySet<Order['status']> = new Set([
  'draft',
  'awaiting-approval',
  'issued',
  'partly-received',
  'received',
]);

function Change({ of }: { readonly of: Order }): ReactNode {
  const { id, version, lines, supplier, issuedOn, currency } = of;
  const { t } = useTranslation();
  const { code } = useEntity();
  const added = useAddedLines('purchase', { party: supplier, on: issuedOn, currency });
  const { paymentTerms, incoterm, text } = of;
  const now = { paymentTerms, incoterm: incoterm ?? '', requester: of.requester ?? '', text };
  const head = useHead(now);
  const { incoterm: rule, requester, ...rest } = head.changed;
  const set = {
    ...rest,
    ...(rule === undefined ? {} : { incoterm: orNull(rule) }),
    ...(requester === undefined ? {} : { requester: orNull(requester) }),
  };
  return (
    <ChangeOrder
      title={t('erp.act.changePurchaseOrder')}
      about={t('erp.act.changePurchaseOrderAbout')}
      lines={lines}
      added={added}
      act={({ key, ...change }) =>
        callBooks('changeErpPurchaseOrder', {
          params: { entity: code, id },
          body: {
            version,
            ...change,
            ...(head.isChanged ? { set } : {}),
            ...(added.bodies.length === 0 ? {} : { added: added.bodies }),
          },
          key,
        })
      }
    >
      <TermsField value={head.of.paymentTerms} onValue={head.put('paymentTerms')} isSet />
      <Field
        label={t('erp.field.incoterm')}
        value={head.of.incoterm}
        onValue={head.put('incoterm')}
        maxLength={30}
        named="incoterm"
        optional
      />
      <RequesterField value={head.of.requester} onValue={head.put('requester')} />
      <HeadText value={head.of.text} onValue={head.put('text')} />
    </ChangeOrder>
  );
}

/** What an order's status lets one do, of what one may. */
export function PurchaseOrderActs({ of }: { readonly of: Order }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayWrite = useMay('purchasing:write');
  const mayApprove = useMay('purchasing:approve');
  const mayPost = useMay('purchasing:post');
  const mayEnter = useMay('payables:post');
  const { id, version, status } = of;
  const params = { entity: code, id };
  const isIssued = ['issued', 'partly-received', 'received'].includes(status);
  return (
    <Acts>
      {mayWrite && status === 'draft' ? (
        <div className="rialto-tools">
          <ActButton
            main
            text={t('erp.act.issue')}
            act={() =>
              callBooks('stepErpPurchaseOrder', { params, body: { step: 'issue', version } })
            }
          />
          <span className="rialto-dim">{t('erp.act.issueAbout')}</span>
        </div>
      ) : null}
      {mayApprove && status === 'awaiting-approval' ? <Decide of={of} /> : null}
      {mayPost && isIssued && openLines(of).length > 0 ? <Receive key={version} of={of} /> : null}
      {mayPost && isIssued && returnable(of).length > 0 ? (
        <SendBack key={`back ${version}`} of={of} />
      ) : null}
      {mayEnter && isIssued && chargeableLines(of).length > 0 ? (
        <SupplierInvoiceForm key={`invoice ${version}`} of={of} />
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
                  callBooks('stepErpPurchaseOrder', { params, body: { step, version, reason } })
                }
              />
            ))
        : null}
    </Acts>
  );
}
