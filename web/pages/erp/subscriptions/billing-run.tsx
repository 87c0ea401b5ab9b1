import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useSaid } from '../../../shared/said.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';
import { DocumentLink, PartyLink } from '../links.tsx';

type Run = ReplyOf<'billSubscriptions'>;

/** What a run charged, gave back and was refused. */
function RunReport({ of }: { readonly of: Run }): ReactNode {
  const { t } = useTranslation();
  const said = useSaid();
  const { number, invoices, creditNotes, refused } = of;
  return (
    <div className="erp-report" role="status">
      <p>
        {number === undefined
          ? t('erp.billing.nothing')
          : t('erp.billing.done', {
              number,
              invoices: invoices.length,
              credits: creditNotes.length,
            })}
      </p>
      {invoices.length + creditNotes.length === 0 ? null : (
        <ul className="erp-ways">
          {[...invoices, ...creditNotes].map((document) => (
            <li key={document.id}>
              <DocumentLink kind="customer-invoice" id={document.id} number={document.number} />
            </li>
          ))}
        </ul>
      )}
      {refused.map(({ customer, code, message }) => (
        <p key={customer} className="rialto-bad">
          <PartyLink id={customer} side="customers" />: {said({ text: message, code })}
        </p>
      ))}
    </div>
  );
}

/** Charges all subscriptions until a day; running it again charges nothing twice. */
export function BillingRun(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [until, setUntil] = useState<string>();
  const [posted, setPosted] = useState<string>();
  const [run, setRun] = useState<Run>();
  const bill = async (key: string): Promise<void> => {
    const body = { until: until ?? today, postedOn: posted ?? today };
    setRun(await callBooks('billSubscriptions', { params: { entity: code }, body, key }));
  };
  return (
    <BookingForm title={t('erp.act.bill')} about={t('erp.act.billAbout')} act={bill}>
      <DayField
        label={t('erp.field.until')}
        value={until ?? today}
        onValue={setUntil}
        named="until"
      />
      <DayField
        label={t('erp.field.postedOn')}
        value={posted ?? today}
        onValue={setPosted}
        named="postedOn"
      />
      {run === undefined ? null : <RunReport of={run} />}
    </BookingForm>
  );
}
