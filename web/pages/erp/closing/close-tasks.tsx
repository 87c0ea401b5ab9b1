import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { DataTable } from '../../../shared/data-table.tsx';
import { useLanguage } from '../../../shared/i18n.ts';
import { useMay } from '../../../shared/use-may.ts';
import { callBooks } from '../ask-books.ts';
import { BookingButton } from '../booking-button.tsx';
import { useColumnKit } from '../columns.tsx';
import { useEntity } from '../entity.ts';

type Task = ReplyOf<'listCloseTasks'>['items'][number];
type Status = Task['status'];

/** Where a task may go from where it is. */
const STEPS: Readonly<Record<Status, readonly Status[]>> = {
  open: ['in-progress', 'done', 'skipped'],
  'in-progress': ['done', 'open'],
  done: ['open'],
  skipped: ['open'],
};

function Steps({ of }: { readonly of: Task }): ReactNode {
  const { t } = useColumnKit();
  const language = useLanguage();
  const { code } = useEntity();
  return (
    <div className="erp-ways">
      {STEPS[of.status].map((status) => {
        const text = t(`erp.taskStep.${status}`);
        return (
          <BookingButton
            key={status}
            text={text}
            label={`${text}: ${of.name[language]}`}
            act={(key) =>
              callBooks('changeCloseTask', {
                params: { entity: code, id: of.id },
                body: { version: of.version, status },
                key,
              })
            }
          />
        );
      })}
    </div>
  );
}

/** What is to be done before a period is closed, by whom, until when, and what waits for what. */
export function CloseTasks({ of }: { readonly of: readonly Task[] }): ReactNode {
  const kit = useColumnKit();
  const language = useLanguage();
  const mayPost = useMay('ledger:post');
  const names = new Map(of.map(({ code, name }) => [code, name[language]]));
  const stepsOf = (task: Task): ReactNode => <Steps key={task.version} of={task} />;
  return (
    <DataTable
      label={kit.t('erp.closeTasks')}
      rows={of}
      keyOf={({ id }) => id}
      columns={[
        {
          ...kit.text<Task>('erp.field.task', ({ name }) => name[language]),
          wide: true,
          lead: true,
        },
        kit.standing<Task>(({ status }) => status),
        kit.day<Task>('erp.field.dueOn', ({ dueOn }) => dueOn),
        kit.text<Task>('erp.field.owner', ({ owner }) => owner),
        {
          ...kit.text<Task>('erp.field.dependsOn', ({ dependsOn }) =>
            dependsOn.map((code) => names.get(code) ?? code).join(', '),
          ),
          wide: true,
        },
        kit.text<Task>('erp.field.finishedBy', ({ finishedBy }) => finishedBy),
        ...(mayPost ? [kit.own<Task>('erp.field.more', stepsOf)] : []),
      ]}
    />
  );
}
