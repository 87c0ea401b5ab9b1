import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActButton } from '../../../shared/act-button.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { ReasonForm } from '../../../shared/reason-form.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { Acts, BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { ChangePlan } from './change-plan.tsx';
import { CloseProject, ReportProgress } from './finish-project.tsx';
import { RecordHours } from './record-hours.tsx';

type Reply = ReplyOf<'getProject'>;
type Step = 'hold' | 'resume' | 'complete' | 'reopen' | 'cancel';

/** Which steps a project's status allows; the server's table says the same. */
const STEPS: Readonly<Record<Reply['project']['status'], readonly Step[]>> = {
  draft: ['cancel'],
  released: ['hold', 'complete'],
  'on-hold': ['resume'],
  completed: ['reopen'],
  closed: ['reopen'],
  cancelled: [],
};

/** A milestone that was reached: what it is worth can be charged. */
function ReachMilestone({ of }: { readonly of: Reply }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const reached = new Set(of.reached.map(({ milestone }) => milestone));
  const left = of.plan.milestones.filter(({ number }) => !reached.has(number));
  const [chosen, setChosen] = useState('');
  const [on, setOn] = useState(today);
  const milestone = left.find(({ number }) => number === chosen)?.number ?? left[0]?.number;
  if (milestone === undefined) return null;
  return (
    <BookingForm
      title={t('erp.act.reachMilestone')}
      about={t('erp.act.reachMilestoneAbout')}
      act={(key) =>
        callBooks('reachProjectMilestone', {
          params: { entity: code, id: of.project.id },
          body: { milestone, on },
          key,
        })
      }
    >
      <ChoiceField
        label={t('erp.form.milestone')}
        value={milestone}
        onValue={setChosen}
        of={left.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
        named="milestone"
      />
      <DayField label={t('erp.field.reachedOn')} value={on} onValue={setOn} named="on" />
    </BookingForm>
  );
}

/** Charges what milestones and hours are worth that nobody has charged yet. */
function Bill({ of: { project } }: { readonly of: Reply }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [on, setOn] = useState(today);
  const [reference, setReference] = useState('');
  return (
    <BookingForm
      title={t('erp.act.billProject')}
      about={t('erp.act.billProjectAbout')}
      main
      act={(key) =>
        callBooks('billProject', {
          params: { entity: code, id: project.id },
          body: { issuedOn: on, postedOn: on, ...filled({ reference }) },
          key,
        })
      }
    >
      <DayField label={t('field.issuedOn')} value={on} onValue={setOn} named="issuedOn" />
      <Field
        label={t('erp.field.theirNumber')}
        value={reference}
        onValue={setReference}
        maxLength={100}
        named="reference"
        optional
      />
    </BookingForm>
  );
}

/** What a project's status lets one do, of what one may. */
export function ProjectActs({ of }: { readonly of: Reply }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const mayWrite = useMay('projects:write');
  const mayPost = useMay('projects:post');
  const mayApprove = useMay('projects:approve');
  const { id, status, version, customer } = of.project;
  const params = { entity: code, id };
  const isRunning = status === 'released';
  const isChargeable = isRunning || status === 'on-hold' || status === 'completed';
  return (
    <Acts>
      {mayWrite && status === 'draft' ? (
        <div className="rialto-tools">
          <ActButton
            main
            text={t('erp.act.release')}
            act={() => callBooks('stepProject', { params, body: { step: 'release', version } })}
          />
          <span className="rialto-dim">{t('erp.act.releaseProjectAbout')}</span>
        </div>
      ) : null}
      {mayPost && isRunning ? <RecordHours of={of} /> : null}
      {mayWrite && isRunning ? <ReportProgress of={of} /> : null}
      {mayWrite && isChargeable ? <ReachMilestone key={of.reached.length} of={of} /> : null}
      {mayPost && isChargeable && customer !== null ? <Bill of={of} /> : null}
      {mayWrite && (isRunning || status === 'on-hold') ? <ChangePlan of={of} /> : null}
      {mayApprove && status === 'completed' ? <CloseProject of={of} /> : null}
      {mayWrite
        ? STEPS[status].map((step) => (
            <ReasonForm
              key={step}
              title={t(`erp.act.project.${step}`)}
              about={t(`erp.act.projectAbout.${step}`)}
              act={(reason) =>
                callBooks('stepProject', { params, body: { step, version, reason } })
              }
            />
          ))
        : null}
    </Acts>
  );
}
