import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../shared/i18n.ts';
import { callBooks } from './ask-books.ts';
import { BookingForm } from './booking-form.tsx';
import { useEntity, useToday } from './entity.ts';
import { DayField } from './fields.tsx';

/** Charges what orders or deliveries have not been charged for yet. */
export function InvoiceForm(props: {
  readonly orders?: readonly string[];
  readonly deliveries?: readonly string[];
}): ReactNode {
  const { orders, deliveries } = props;
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const on = day ?? today;
  return (
    <BookingForm
      title={t('erp.act.charge')}
      about={t('erp.act.chargeAbout')}
      main
      act={(key) =>
        callBooks('postCustomerInvoice', {
          params: { entity: code },
          body: {
            issuedOn: on,
            postedOn: on,
            ...(orders === undefined ? {} : { orders: [...orders] }),
            ...(deliveries === undefined ? {} : { deliveries: [...deliveries] }),
          },
          key,
        })
      }
    >
      <DayField
        label={t('field.issuedOn')}
        value={on}
        onValue={setDay}
        named={['issuedOn', 'postedOn']}
      />
    </BookingForm>
  );
}
