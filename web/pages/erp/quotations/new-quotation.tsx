import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity, useToday } from '../entity.ts';
import { DayField, Field } from '../fields.tsx';
import { daysLater } from '../forms/days-later.ts';
import { filled } from '../forms/filled.ts';
import { GivenParty } from '../forms/given-party.tsx';
import { NewDocument } from '../forms/new-document.tsx';
import type { Party } from '../forms/party-box.tsx';
import { OrderFields } from '../orders/order-fields.tsx';
import { useOrder } from '../orders/use-order.ts';

const USUAL_DAYS = 30;

function Form({ given }: { readonly given: Party | undefined }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const of = useOrder('sales', given, { isOffer: true });
  const [until, setUntil] = useState<string>();
  const [reference, setReference] = useState('');
  const params = { entity: code };
  const validUntil = until ?? daysLater(today, USUAL_DAYS);
  const make = (key: string) =>
    callBooks('createQuotation', {
      params,
      body: {
        ...of.body,
        customer: of.party?.id ?? '',
        validUntil,
        ...filled({ customerReference: reference }),
        lines: of.lineBodies.map((line, at) => ({
          ...line,
          ...filled({ discountPercent: of.lines[at]?.discount ?? '' }),
        })),
      },
      key,
    });
  return (
    <NewDocument
      list="quotations"
      title={t('erp.new.quotations')}
      about={t('erp.form.quotationAbout')}
      main={{ text: t('erp.form.save'), make }}
    >
      <OrderFields of={of}>
        <DayField
          label={t('erp.field.validUntil')}
          value={validUntil}
          onValue={setUntil}
          named="validUntil"
        />
        <Field
          label={t('erp.field.theirNumber')}
          value={reference}
          onValue={setReference}
          maxLength={100}
          named="customerReference"
          optional
        />
      </OrderFields>
    </NewDocument>
  );
}

/** A quotation that somebody writes, from the list or from its customer's page. */
export const NewQuotation = (): ReactNode => (
  <GivenParty named="customer">{(given) => <Form given={given} />}</GivenParty>
);
