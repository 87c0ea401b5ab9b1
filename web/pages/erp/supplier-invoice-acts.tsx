import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActButton } from '../../shared/act-button.tsx';
import { useTranslation } from '../../shared/i18n.ts';
import { useMay } from '../../shared/use-may.ts';
import { callBooks } from './ask-books.ts';
import { Acts, TakeBackForm } from './booking-form.tsx';
import { useEntity } from './entity.ts';
import { isAbove } from './left.ts';
import { isUntouched, openOf } from './open-items-card.tsx';
import { PaymentForm } from './payment-form.tsx';

/** What can be done with a supplier's invoice: free it, pay it, cancel it. */
export function SupplierInvoiceActs({
  of: { invoice, items },
}: {
  readonly of: ReplyOf<'getSupplierInvoice'>;
}): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayPost = useMay('payables:post');
  const mayPay = useMay('payables:pay');
  const { id, supplier, currency } = invoice;
  const stands = invoice.cancelledOn === null;
  const isOwed = stands && invoice.kind !== 'credit-note' && isAbove(openOf(items));
  const blocked = items.filter(({ blocks }) => blocks.length > 0);
  return (
    <Acts>
      {mayPost
        ? blocked.map((item) => (
            <div key={item.id} className="rialto-tools">
              <ActButton
                main
                text={t('erp.act.free')}
                act={() =>
                  callBooks('markPayable', {
                    params: { entity: code, id: item.id },
                    body: { version: item.version, blocks: [] },
                  })
                }
              />
              <span className="rialto-dim">{t('erp.act.freeAbout')}</span>
            </div>
          ))
        : null}
      {mayPay && isOwed && blocked.length === 0 ? (
        <PaymentForm
          key={openOf(items)}
          title={t('erp.act.payOut')}
          about={t('erp.act.payOutAbout')}
          items={items}
          act={({ key, ...payment }) =>
            callBooks('postSupplierPayment', {
              params: { entity: code },
              body: { ...payment, supplier, currency },
              key,
            })
          }
        />
      ) : null}
      {mayPost && stands && isUntouched(items) ? (
        <TakeBackForm
          title={t('erp.act.cancelInvoice')}
          about={t('erp.act.cancelInvoiceAbout')}
          act={({ key, ...body }) =>
            callBooks('cancelSupplierInvoice', { params: { entity: code, id }, body, key })
          }
        />
      ) : null}
    </Acts>
  );
}
