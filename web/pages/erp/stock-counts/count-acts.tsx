import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { callBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { Acts, BookingForm } from '../booking-form.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';

/** What can be done with a count that is not over: post its differences, or give it up. */
export function CountActs({ of }: { readonly of: ReplyOf<'getStockCount'> }): ReactNode {
  const { t } = useColumnKit();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const { id, version, status } = of;
  const params = { entity: code, id };
  return (
    <Acts>
      {status === 'counted' ? (
        <BookingForm
          main
          title={t('erp.act.postCount')}
          about={t('erp.act.postCountAbout')}
          act={(key) =>
            callBooks('postStockCount', { params, body: { version, postedOn: day ?? today }, key })
          }
        >
          <DayField
            label={t('erp.field.postedOn')}
            value={day ?? today}
            onValue={setDay}
            named="postedOn"
          />
        </BookingForm>
      ) : null}
      <BookingButton
        text={t('erp.act.giveUp')}
        about={t('erp.act.giveUpAbout')}
        act={(key) => callBooks('cancelStockCount', { params, body: { version }, key })}
      />
    </Acts>
  );
}
