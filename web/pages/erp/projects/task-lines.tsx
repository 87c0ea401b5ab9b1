import type { ReactNode } from 'react';
import { isDecimal, sumOf } from '../../../shared/exact.ts';
import { useFormat, useTranslation } from '../../../shared/i18n.ts';
import { useRefusal } from '../../../shared/refusals.tsx';
import { useEntity } from '../entity.ts';
import { AmountField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';
import { FormLines } from '../forms/form-lines.tsx';

/** A task of a plan as somebody is writing it; '' is nothing yet, or as the project. */
export type TaskDraft = {
  readonly key: number;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly hours: string;
  readonly cost: string;
  readonly revenue: string;
};
type Kind = 'fixed-price' | 'time-and-material' | 'internal';
type Days = { readonly startsOn: string; readonly endsOn: string };

const MOST = 100;
const says = (amount: string): boolean => /[1-9]/.test(amount);

/** A task before anything is written into it. */
export const emptyTask = (key: number): TaskDraft => ({
  key,
  name: '',
  startsOn: '',
  endsOn: '',
  hours: '',
  cost: '',
  revenue: '',
});

/** The plan that tasks make; what is earned for a fixed price is charged as each is done. */
export function planOf(
  tasks: readonly TaskDraft[],
  of: Days & { readonly kind: Kind; readonly milestoneName: (task: string) => string },
) {
  const { startsOn, endsOn, kind, milestoneName } = of;
  const isEarning = kind !== 'internal';
  const charged = tasks.flatMap((task, at) =>
    kind === 'fixed-price' && says(task.revenue) ? [{ task, number: String(at + 1) }] : [],
  );
  return {
    startsOn,
    endsOn,
    tasks: tasks.map((task, at) => {
      const { hours, cost, revenue } = task;
      const more = filled({ hours, revenue: isEarning ? revenue : '' });
      const month = task.startsOn === '' ? startsOn : task.startsOn;
      return {
        number: String(at + 1),
        name: task.name.trim(),
        ...filled({ startsOn: task.startsOn, endsOn: task.endsOn }),
        months: [{ month, cost: cost.trim() === '' ? '0' : cost.trim(), ...more }],
      };
    }),
    milestones: charged.map(({ task, number }) => ({
      number: `M${number}`,
      name: milestoneName(task.name.trim()),
      task: number,
      plannedOn: task.endsOn === '' ? endsOn : task.endsOn,
      amount: task.revenue.trim(),
    })),
  };
}

type TaskProps = Days & {
  readonly at: number;
  readonly of: TaskDraft;
  readonly kind: Kind;
  readonly set: (some: Partial<TaskDraft>) => void;
};

function TaskFields({ at, of, kind, set, startsOn, endsOn }: TaskProps): ReactNode {
  const { t } = useTranslation();
  const { currency } = useEntity();
  const refusal = useRefusal(`plan.tasks.${at}`);
  const month = `plan.tasks.${at}.months.0`;
  const day = (name: 'startsOn' | 'endsOn', usual: string): ReactNode => (
    <DayField
      label={t(`erp.field.${name}`)}
      value={of[name] === '' ? usual : of[name]}
      onValue={(value) => set({ [name]: value })}
      named={`plan.tasks.${at}.${name}`}
    />
  );
  return (
    <>
      <div className="is-wide">
        <Field
          label={t('erp.form.taskName')}
          value={of.name}
          onValue={(name) => set({ name })}
          maxLength={200}
          named={`plan.tasks.${at}.name`}
        />
      </div>
      {day('startsOn', startsOn)}
      {day('endsOn', endsOn)}
      <AmountField
        label={t('erp.form.plannedHours')}
        value={of.hours}
        onValue={(hours) => set({ hours })}
        named={`${month}.hours`}
        optional
      />
      <AmountField
        label={t('erp.field.plannedCost')}
        description={currency}
        value={of.cost}
        onValue={(cost) => set({ cost })}
        named={`${month}.cost`}
        optional
      />
      {kind === 'internal' ? null : (
        <AmountField
          label={t('erp.form.plannedRevenue')}
          description={currency}
          value={of.revenue}
          onValue={(revenue) => set({ revenue })}
          named={`${month}.revenue`}
          optional
        />
      )}
      {refusal === undefined ? null : <p className="rialto-bad">{refusal}</p>}
    </>
  );
}

function Total(props: { readonly label: string; readonly of: readonly string[] }): ReactNode {
  const format = useFormat();
  const { currency } = useEntity();
  return (
    <span>
      {props.label}{' '}
      <output aria-label={props.label}>
        {format.amount(sumOf(props.of.filter(isDecimal)), currency)} {currency}
      </output>
    </span>
  );
}

/** The tasks of a plan that is being written, and what they come to. */
export function TaskLines(
  props: Days & {
    readonly of: readonly TaskDraft[];
    readonly onTasks: (tasks: readonly TaskDraft[]) => void;
    readonly kind: Kind;
  },
): ReactNode {
  const { of, onTasks, kind, startsOn, endsOn } = props;
  const { t } = useTranslation();
  const charging = useRefusal('plan.milestones');
  return (
    <FormLines
      of={of}
      onLines={onTasks}
      empty={emptyTask}
      most={MOST}
      add={t('erp.form.addTask')}
      lead={
        <>
          {kind === 'fixed-price' ? (
            <p className="rialto-dim">{t('erp.form.fixedPriceAbout')}</p>
          ) : null}
          {charging === undefined ? null : <p className="rialto-bad">{charging}</p>}
        </>
      }
      foot={
        <p className="erp-form-total erp-ways">
          <Total label={t('erp.form.costTotal')} of={of.map(({ cost }) => cost)} />
          {kind === 'internal' ? null : (
            <Total label={t('erp.form.revenueTotal')} of={of.map(({ revenue }) => revenue)} />
          )}
        </p>
      }
    >
      {(task, at, onTask) => (
        <TaskFields
          at={at}
          of={task}
          kind={kind}
          startsOn={startsOn}
          endsOn={endsOn}
          set={(some) => onTask({ ...task, ...some })}
        />
      )}
    </FormLines>
  );
}
