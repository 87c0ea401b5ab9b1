import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { Acts } from '../booking-form.tsx';
import { useEntity } from '../entity.ts';
import { StepForm } from '../step-form.tsx';

type Period = ReplyOf<'listPeriods'>['items'][number];
type Step = 'softClosePeriod' | 'closePeriod' | 'reopenPeriod';

/** Which way a period may go; the server's table says the same. */
const STEPS: Readonly<Record<Period['status'], readonly Step[]>> = {
  open: ['softClosePeriod', 'closePeriod'],
  'soft-closed': ['closePeriod', 'reopenPeriod'],
  closed: ['reopenPeriod'],
};

/** Closes a period for most, for all, or opens it again; each with its reason. */
export function PeriodActs({ of }: { readonly of: Period }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const may = useMay('ledger:close');
  const { fiscalYear: year, period, version } = of;
  const params = { entity: code, year, period };
  if (!may) return null;
  return (
    <Acts>
      {STEPS[of.status].map((step) => (
        <StepForm
          key={`${step} ${version}`}
          title={t(`erp.act.${step}`)}
          about={t(`erp.act.${step}About`)}
          act={({ reason, key }) => {
            const body = { version, reason };
            return step === 'softClosePeriod'
              ? callBooks(step, { params, body: { ...body, openTo: ['controller'] }, key })
              : callBooks(step, { params, body, key });
          }}
        />
      ))}
    </Acts>
  );
}
