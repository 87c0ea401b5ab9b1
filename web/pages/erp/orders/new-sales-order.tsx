import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { GivenParty } from '../forms/given-party.tsx';
import { NewDocument } from '../forms/new-document.tsx';
import type { Party } from '../forms/party-box.tsx';
import { OrderFields } from './order-fields.tsx';
import { SellerFields } from './seller-fields.tsx';
import { useOrder } from './use-order.ts';

function Form({ given }: { readonly given: Party | undefined }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const of = useOrder('sales', given);
  const [requestedOn, setRequestedOn] = useState('');
  const [reference, setReference] = useState('');
  const [seller, setSeller] = useState({ salesperson: '', channel: '' });
  const params = { entity: code };
  const make = (key: string) =>
    callBooks('createSalesOrder', {
      params,
      body: {
        ...of.body,
        customer: of.party?.id ?? '',
        ...filled({ requestedOn, customerReference: reference, ...seller }),
        lines: of.lineBodies.map((line, at) => ({
          ...line,
          ...filled({ discountPercent: of.lines[at]?.discount ?? '' }),
        })),
      },
      key,
    });
  return (
    <NewDocument
      list="sales-orders"
      title={t('erp.new.sales-orders')}
      about={t('erp.form.confirmAbout')}
      main={{
        text: t('erp.form.saveAndConfirm'),
        make,
        next: ({ id }) =>
          callBooks('stepSalesOrder', {
            params: { ...params, id },
            body: { step: 'confirm', version: 1 },
          }),
      }}
      other={{ text: t('erp.form.saveDraft'), make }}
    >
      <OrderFields of={of}>
        <DayField
          label={t('erp.field.requestedOn')}
          value={requestedOn}
          onValue={setRequestedOn}
          named="requestedOn"
          optional
        />
        <Field
          label={t('erp.field.theirNumber')}
          value={reference}
          onValue={setReference}
          maxLength={100}
          named="customerReference"
          optional
        />
        <SellerFields
          of={seller}
          put={(name) => (text) => setSeller((before) => ({ ...before, [name]: text }))}
        />
      </OrderFields>
    </NewDocument>
  );
}

/** A sales order that somebody writes, from the list or from its customer's page. */
export const NewSalesOrder = (): ReactNode => (
  <GivenParty named="customer">{(given) => <Form given={given} />}</GivenParty>
);
