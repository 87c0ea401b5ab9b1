import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { useEntity } from '../entity.ts';
import { Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { GivenParty } from '../forms/given-party.tsx';
import { NewDocument } from '../forms/new-document.tsx';
import type { Party } from '../forms/party-box.tsx';
import { AgreementField, useAgreedServices } from './agreement-field.tsx';
import { OrderFields } from './order-fields.tsx';
import { RequesterField } from './requester-field.tsx';
import { useOrder } from './use-order.ts';

function Form({ given }: { readonly given: Party | undefined }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const [agreement, setAgreement] = useState('');
  const services = useAgreedServices(agreement);
  const of = useOrder('purchase', given, { services });
  const setParty: typeof of.setParty = (party) => {
    setAgreement(''); // It was with another.
    of.setParty(party);
  };
  const [incoterm, setIncoterm] = useState(given?.incoterm ?? '');
  const [requester, setRequester] = useState('');
  const params = { entity: code };
  const make = (key: string) =>
    callBooks('createErpPurchaseOrder', {
      params,
      body: {
        ...of.body,
        supplier: of.party?.id ?? '',
        ...filled({ incoterm, requester, agreement }),
        lines: of.lineBodies,
      },
      key,
    });
  return (
    <NewDocument
      list="purchase-orders"
      title={t('erp.new.purchase-orders')}
      about={t('erp.form.issueAbout')}
      main={{
        text: t('erp.form.saveAndIssue'),
        make,
        next: ({ id }) =>
          callBooks('stepErpPurchaseOrder', {
            params: { ...params, id },
            body: { step: 'issue', version: 1 },
          }),
      }}
      other={{ text: t('erp.form.saveDraft'), make }}
    >
      <OrderFields of={{ ...of, setParty }}>
        <AgreementField
          supplier={of.party}
          currency={of.currency}
          value={agreement}
          services={services}
          onValue={setAgreement}
        />
        <Field
          label={t('erp.field.incoterm')}
          value={incoterm}
          onValue={setIncoterm}
          maxLength={30}
          named="incoterm"
          optional
        />
        <RequesterField value={requester} onValue={setRequester} />
      </OrderFields>
    </NewDocument>
  );
}

/** A purchase order that somebody writes, from the list or from its supplier's page. */
export const NewPurchaseOrder = (): ReactNode => (
  <GivenParty named="supplier">{(given) => <Form given={given} />}</GivenParty>
);
