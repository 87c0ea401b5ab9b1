import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../shared/i18n.ts';
import { useMay } from '../../shared/use-may.ts';
import { callBooks } from './ask-books.ts';
import { Acts, TakeBackForm } from './booking-form.tsx';
import { useEntity } from './entity.ts';
import { isAbove } from './left.ts';
import { isUntouched, openOf } from './open-items-card.tsx';
import { PaymentForm } from './payment-form.tsx';

/** What can be done with an invoice of ours: note that it was paid, give it back, cancel it. */
export function CustomerInvoiceActs({
  of: { invoice, items },
}: {
  readonly of: ReplyOf<'getCustomerInvoice'>;
}): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayPost = useMay('receivables:post');
  const { id, customer, currency } = invoice;
  const params = { entity: code, id };
  const stands = mayPost && invoice.cancelledOn === null;
  const isOwed = invoice.kind === 'invoice' && isAbove(openOf(items));
  return (
    <Acts>
      {stands && isOwed ? (
        <PaymentForm
          key={openOf(items)}
          title={t('erp.act.payIn')}
          about={t('erp.act.payInAbout')}
          items={items}
          act={({ key, ...payment }) =>
            callBooks('postCustomerPayment', {
              params: { entity: code },
              body: { ...payment, customer, currency },
              key,
            })
          }
        />
      ) : null}
      {stands && invoice.kind === 'invoice' ? (
        <TakeBackForm
          title={t('erp.act.credit')}
          about={t('erp.act.creditAbout')}
          act={({ on, reason, key }) =>
            callBooks('postCustomerCreditNote', {
              params: { entity: code },
              body: { issuedOn: on, postedOn: on, reason, invoice: id },
              key,
            })
          }
        />
      ) : null}
      {stands && isUntouched(items) ? (
        <TakeBackForm
          title={t('erp.act.cancelInvoice')}
          about={t('erp.act.cancelInvoiceAbout')}
          act={({ key, ...body }) => callBooks('cancelCustomerInvoice', { params, body, key })}
        />
      ) : null}
    </Acts>
  );
}
