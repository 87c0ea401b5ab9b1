import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks, useBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';

type Reply = ReplyOf<'getProject'>;

const NOTHING_YET = { hours: '', text: '' };

/** Hours that somebody worked on a task. */
export function RecordHours({ of: { project, plan } }: { readonly of: Reply }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const people = useBooks('listProjectResources', { params: { entity: code } }).data?.items ?? [];
  const [chosen, setResource] = useState('');
  const [task, setTask] = useState(plan.tasks[0]?.number ?? '');
  const [workedOn, setDay] = useState(today);
  const [{ hours, text }, setWork] = useState(NOTHING_YET);
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
    setWork(NOTHING_YET); // The next entry is another one.
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
          onValue={(value) => setWork({ hours: value, text })}
          named="lines.0.hours"
        />
        <Field
          label={t('erp.field.text')}
          value={text}
          onValue={(value) => setWork({ hours, text: value })}
          maxLength={500}
          named="lines.0.text"
          optional
        />
      </div>
    </BookingForm>
  );
}
