import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm, TakeBackForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';

type Props = { readonly of: ReplyOf<'getProject'> };

/** Says how much of a task is done: what is earned and forecast follows from it. */
export function ReportProgress({ of: { project, plan } }: Props): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [task, setTask] = useState(plan.tasks[0]?.number ?? '');
  const [percent, setPercent] = useState('');
  const [costToComplete, setCost] = useState('');
  const [day, setDay] = useState<string>();
  const [note, setNote] = useState('');
  return (
    <BookingForm
      title={t('erp.act.reportProgress')}
      about={t('erp.act.reportProgressAbout')}
      act={(key) =>
        callBooks('reportProjectProgress', {
          params: { entity: code, id: project.id },
          body: {
            task,
            on: day ?? today,
            percent: percent.trim(),
            ...filled({ costToComplete, note }),
          },
          key,
        })
      }
    >
      <div className="erp-form-grid">
        <ChoiceField
          label={t('erp.form.task')}
          value={task}
          onValue={setTask}
          of={plan.tasks.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
          named="task"
        />
        <AmountField
          label={t('erp.form.percentDone')}
          value={percent}
          onValue={setPercent}
          named="percent"
        />
        <AmountField
          label={t('erp.form.costToComplete')}
          description={t('erp.form.costToCompleteHint')}
          value={costToComplete}
          onValue={setCost}
          named="costToComplete"
          optional
        />
        <DayField label={t('erp.aging.asOf')} value={day ?? today} onValue={setDay} named="on" />
        <Field
          label={t('erp.form.note')}
          value={note}
          onValue={setNote}
          maxLength={500}
          named="note"
          optional
        />
      </div>
    </BookingForm>
  );
}

/** Closes a project that is done and charged. */
export function CloseProject({ of: { project } }: Props): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  return (
    <TakeBackForm
      title={t('erp.act.closeProject')}
      about={t('erp.act.closeProjectAbout')}
      act={({ key, ...body }) =>
        callBooks('closeProject', {
          params: { entity: code, id: project.id },
          body: { version: project.version, ...body },
          key,
        })
      }
    />
  );
}
