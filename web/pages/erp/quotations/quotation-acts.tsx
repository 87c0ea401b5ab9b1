import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { differenceOf } from '../../../shared/exact.ts';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { Acts, BookingForm } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { DayField, Field } from '../fields.tsx';
import { isAbove } from '../left.ts';
import { QuantitiesForm } from '../quantities-form.tsx';
import { StepForm } from '../step-form.tsx';

type Quotation = ReplyOf<'getQuotation'>;

const openLines = ({ lines }: Quotation) =>
  lines.flatMap(({ number, item, text, unit, quantity, ordered }) => {
    const left = differenceOf(quantity, ordered);
    return left === undefined || !isAbove(left) ? [] : [{ line: number, item, text, unit, left }];
  });

function Order({ of }: { readonly of: Quotation }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [requested, setRequested] = useState('');
  return (
    <QuantitiesForm
      title={t('erp.act.orderQuoted')}
      about={t('erp.act.orderQuotedAbout')}
      dayLabel={t('field.issuedOn')}
      noteLabel={t('erp.field.theirNumber')}
      lines={openLines(of)}
      act={({ on, note, lines, key }) =>
        callBooks('orderQuotation', {
          params: { entity: code, id: of.id },
          body: {
            issuedOn: on,
            ...(requested === '' ? {} : { requestedOn: requested }),
            ...(note === '' ? {} : { customerReference: note }),
            lines: [...lines],
          },
          key,
        })
      }
    >
      <Field
        label={t('erp.field.requestedOn')}
        value={requested}
        onValue={setRequested}
        type="date"
        optional
        named="requestedOn"
      />
    </QuantitiesForm>
  );
}

function Lose({ of: { id, version } }: { readonly of: Quotation }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <StepForm
      title={t('erp.act.lose')}
      about={t('erp.act.loseAbout')}
      act={({ reason, key }) =>
        callBooks('stepQuotation', {
          params: { entity: code, id },
          body: { step: 'reject', version, reason },
          key,
        })
      }
    />
  );
}

/** The same offer again with a later last day: a revision that takes this one's place. */
function Prolong({ of }: { readonly of: Quotation }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const navigate = useNavigate();
  const [until, setUntil] = useState(of.validUntil);
  const draft = {
    customer: of.customer,
    issuedOn: of.issuedOn,
    validUntil: until,
    currency: of.currency,
    paymentTerms: of.paymentTerms,
    text: of.text,
    customerReference: of.customerReference,
    ...(of.salesperson === null ? {} : { salesperson: of.salesperson }),
    ...(of.channel === null ? {} : { channel: of.channel }),
    lines: of.lines.map((line) => ({
      ...(line.item === null ? {} : { item: line.item }),
      text: line.text,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice: line.unitPrice,
      priceBase: line.priceBase,
      discountPercent: line.discountPercent,
      isDeliveredAgainst: line.isDeliveredAgainst,
      ...(line.taxCode === null ? {} : { taxCode: line.taxCode }),
      ...(line.warehouse === null ? {} : { warehouse: line.warehouse }),
      ...(line.costCentre === null ? {} : { costCentre: line.costCentre }),
      ...(line.project === null ? {} : { project: line.project }),
    })),
  };
  return (
    <BookingForm
      title={t('erp.act.prolong')}
      about={t('erp.act.prolongAbout')}
      act={async (key) => {
        const { id } = await callBooks('reviseQuotation', {
          params: { entity: code, id: of.id },
          body: { version: of.version, draft },
          key,
        });
        await navigate({
          to: '/erp/$list/$id',
          params: { list: 'quotations', id },
          search: { entity: code },
        });
      }}
    >
      <DayField
        label={t('erp.field.validUntil')}
        value={until}
        onValue={setUntil}
        named="validUntil"
      />
    </BookingForm>
  );
}

const LOSABLE: ReadonlySet<string> = new Set(['draft', 'sent', 'accepted', 'expired']);
const PROLONGABLE: ReadonlySet<string> = new Set(['draft', 'sent', 'expired']);
const ORDERABLE: ReadonlySet<string> = new Set(['accepted', 'partly-ordered']);

/** What a quotation's status lets one do: send it, have it accepted, order it, lose it. */
export function QuotationActs({ of }: { readonly of: Quotation }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const may = useMay('sales:write');
  const { id, version, status } = of;
  const step = (to: 'send' | 'accept') => (key: string) =>
    callBooks('stepQuotation', { params: { entity: code, id }, body: { step: to, version }, key });
  if (!may) return null;
  return (
    <Acts>
      {status === 'draft' ? (
        <BookingButton
          main
          text={t('erp.act.send')}
          about={t('erp.act.sendAbout')}
          act={step('send')}
        />
      ) : null}
      {status === 'sent' ? (
        <BookingButton
          main
          text={t('erp.act.accept')}
          about={t('erp.act.acceptAbout')}
          act={step('accept')}
        />
      ) : null}
      {ORDERABLE.has(status) && openLines(of).length > 0 ? <Order key={version} of={of} /> : null}
      {PROLONGABLE.has(status) ? <Prolong key={`until ${version}`} of={of} /> : null}
      {LOSABLE.has(status) ? <Lose of={of} /> : null}
    </Acts>
  );
}
