import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { ActButton } from '../../../shared/act-button.tsx';
import { useTranslation } from '../../../shared/i18n.ts';
import { ReasonForm } from '../../../shared/reason-form.tsx';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { Acts, BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { ChangePlan } from './change-plan.tsx';
import { CloseProject, ReportProgress } from './finish-project.tsx';

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

/** Hours that somebody worked on a task. */
function RecordHours({ of: { project, plan } }: { readonly of: Reply }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const people = useBooks('listProjectResources', { params: { entity: code } }).data?.items ?? [];
  const [chosen, setResource] = useState('');
  const [task, setTask] = useState(plan.tasks[0]?.number ?? '');
  const [workedOn, setDay] = useState(today);
  const [hours, setHours] = useState('');
  const [text, setText] = useState('');
  const active = people.filter(({ status }) => status === 'active');
  const resource = chosen === '' ? (active[0]?.id ?? '') : chosen;
  const send = async (key: string): Promise<void> => {
    await callBooks('postTimeSheet', {
      params: { entity: code },
      body: {
        resource,
        postedOn: workedOn,
        lines: [{ project: project.id, task, workedOn, hours: hours.trim(), ...filled({ text }) }],
      },
      key,
    });
    setHours(''); // The next entry is another one.
    setText('');
  };
  if (active.length === 0) return null;
  return (
    <BookingForm
      title={t('erp.act.recordHours')}
      about={t('erp.act.recordHoursAbout')}
      main
      act={send}
    >
      <div className="erp-form-grid">
        <ChoiceField
          label={t('erp.form.person')}
          value={resource}
          onValue={setResource}
          of={active.map(({ id, name }) => ({ value: id, label: name }))}
          named="resource"
        />
        <ChoiceField
          label={t('erp.form.task')}
          value={task}
          onValue={setTask}
          of={plan.tasks.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
          named="lines.0.task"
        />
        <DayField
          label={t('erp.form.workedOn')}
          value={workedOn}
          onValue={setDay}
          named="lines.0.workedOn"
        />
        <AmountField
          label={t('erp.field.hours')}
          value={hours}
          onValue={setHours}
          named="lines.0.hours"
        />
        <Field
          label={t('erp.field.text')}
          value={text}
          onValue={setText}
          maxLength={500}
          named="lines.0.text"
          optional
        />
      </div>
    </BookingForm>
  );
}

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
