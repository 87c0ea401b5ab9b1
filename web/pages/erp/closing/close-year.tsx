import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';
import { DocumentLink } from '../links.tsx';

type Closed = ReplyOf<'closeFiscalYear'>;

/** What was carried forward, and the entry that did so. */
function CarriedForward({ of: { result, posted } }: { readonly of: Closed }): ReactNode {
  const { t, format } = useColumnKit();
  const { currency } = useEntity();
  if (posted === undefined) return <p role="status">{t('erp.nothingCarried')}</p>;
  return (
    <p role="status">
      {t('erp.carriedForward', { result: `${format.amount(result, currency)} ${currency}` })}
      {' · '}
      <DocumentLink kind="journal-entry" {...posted} />
    </p>
  );
}

/** What a year has earned is carried forward, once its periods are closed; then what that was. */
export function CloseYear({ year }: { readonly year: number }): ReactNode {
  const { t } = useColumnKit();
  const { code: entity } = useEntity();
  const [closed, setClosed] = useState<Closed>();
  if (!useMay('ledger:close')) return null;
  return (
    <>
      <BookingButton
        text={t('erp.act.closeYear', { year })}
        about={t('erp.act.closeYearAbout')}
        act={async (key) =>
          setClosed(await callBooks('closeFiscalYear', { params: { entity, year }, key }))
        }
      />
      {closed === undefined ? null : <CarriedForward of={closed} />}
    </>
  );
}
