import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Amount } from '../../../shared/figure.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { DayField } from '../fields.tsx';
import { DocumentLink } from '../links.tsx';

type Released = ReplyOf<'releaseSubscriptionRevenue'>['released'];

/** Brings revenue of subscriptions to what was earned at the end of a day. */
export function ReleaseRevenue(): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [day, setDay] = useState<string>();
  const [released, setReleased] = useState<Released>();
  const release = async (key: string): Promise<void> => {
    const body = { through: day ?? today };
    const done = await callBooks('releaseSubscriptionRevenue', {
      params: { entity: code },
      body,
      key,
    });
    setReleased(done.released);
  };
  return (
    <BookingForm
      title={t('erp.act.releaseRevenue')}
      about={t('erp.act.releaseRevenueAbout')}
      act={release}
    >
      <DayField label={t('erp.aging.asOf')} value={day ?? today} onValue={setDay} named="on" />
      {released === undefined ? null : (
        <div className="erp-report" role="status">
          {released.length === 0 ? <p>{t('erp.releasedNothing')}</p> : null}
          {released.map(({ id, number, amount, currency, entry }) => (
            <p key={id}>
              {number}: <Amount of={{ amount, currency }} />{' '}
              <DocumentLink kind="journal-entry" id={entry} number={t('erp.kind.journal-entry')} />
            </p>
          ))}
        </div>
      )}
    </BookingForm>
  );
}
