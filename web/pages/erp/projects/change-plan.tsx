import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { sumOf } from '../../../shared/exact.ts';
import { useTranslation } from '../../../shared/i18n.ts';
import { callBooks } from '../ask-books.ts';
import { BookingForm } from '../booking-form.tsx';
import { useEntity, useToday } from '../entity.ts';
import { AmountField, ChoiceField, DayField, Field } from '../fields.tsx';
import { filled } from '../forms/filled.ts';

type Reply = ReplyOf<'getProject'>;

const BLANK = { title: '', reason: '', task: '', cost: '', revenue: '', milestone: '', endsOn: '' };
type Wish = typeof BLANK;

const says = (amount: string): boolean => /[1-9]/.test(amount);

/** More, or less, of a task; a fixed price charges what is more by one of its milestones. */
function changeOf({ project, plan }: Reply, wish: Wish, month: string) {
  const { task, cost, revenue, milestone, endsOn } = wish;
  const more = { cost: says(cost) ? cost.trim() : '0', ...filled({ revenue }) };
  const charged = plan.milestones.find(({ number }) => number === milestone);
  const isCharged = project.kind === 'fixed-price' && says(revenue) && charged !== undefined;
  return {
    ...filled({ endsOn }),
    ...(says(cost) || says(revenue)
      ? { tasks: [{ number: task, months: [{ month, ...more }] }] }
      : {}),
    ...(isCharged
      ? {
          milestones: [
            {
              ...filled({ task: charged.task ?? '' }),
              number: charged.number,
              name: charged.name,
              plannedOn: charged.plannedOn,
              amount: sumOf([charged.amount, revenue.trim()]),
            },
          ],
        }
      : {}),
  };
}

/** What is to be different: how much more a task costs and earns, and when all is done. */
function WishFields(props: {
  readonly of: Reply;
  readonly wish: Wish;
  readonly set: (some: Partial<Wish>) => void;
}): ReactNode {
  const { of, wish, set } = props;
  const { t } = useTranslation();
  const isBilled = new Set(
    of.reached.flatMap(({ milestone, bill }) => (bill === null ? [] : [milestone])),
  );
  const left = of.plan.milestones.filter(({ number }) => !isBilled.has(number));
  return (
    <>
      <ChoiceField
        label={t('erp.form.task')}
        value={wish.task}
        onValue={(task) => set({ task })}
        of={of.plan.tasks.map(({ number, name }) => ({
          value: number,
          label: `${number} ${name}`,
        }))}
        named="change.tasks.0.number"
      />
      <AmountField
        label={t('erp.form.costChange')}
        value={wish.cost}
        onValue={(cost) => set({ cost })}
        named="change.tasks"
        optional
      />
      {of.project.kind === 'internal' ? null : (
        <AmountField
          label={t('erp.form.revenueChange')}
          value={wish.revenue}
          onValue={(revenue) => set({ revenue })}
          named="change.tasks.0.months.0.revenue"
          optional
        />
      )}
      {of.project.kind === 'fixed-price' && says(wish.revenue) ? (
        <ChoiceField
          label={t('erp.form.chargedBy')}
          value={wish.milestone}
          onValue={(milestone) => set({ milestone })}
          of={left.map(({ number, name }) => ({ value: number, label: `${number} ${name}` }))}
          named="change.milestones"
        />
      ) : null}
      <DayField
        label={t('erp.form.newEnd')}
        value={wish.endsOn}
        onValue={(endsOn) => set({ endsOn })}
        named="change.endsOn"
        optional
      />
    </>
  );
}

/** Asks for a change of the plan: approved by somebody else. */
export function ChangePlan({ of }: { readonly of: Reply }): ReactNode {
  const { t } = useTranslation();
  const { code } = useEntity();
  const today = useToday();
  const [wish, setWish] = useState<Wish>({
    ...BLANK,
    task: of.plan.tasks[0]?.number ?? '',
    milestone: of.plan.milestones.at(-1)?.number ?? '',
  });
  const set = (some: Partial<Wish>): void => setWish((before) => ({ ...before, ...some }));
  return (
    <BookingForm
      title={t('erp.act.changePlan')}
      about={t('erp.act.changePlanAbout')}
      act={(key) =>
        callBooks('createProjectChangeOrder', {
          params: { entity: code },
          body: {
            project: of.project.id,
            on: today,
            title: wish.title.trim(),
            ...filled({ reason: wish.reason }),
            change: changeOf(of, wish, today),
          },
          key,
        })
      }
    >
      <div className="erp-form-grid">
        <div className="is-wide">
          <Field
            label={t('erp.form.title')}
            value={wish.title}
            onValue={(title) => set({ title })}
            maxLength={200}
            named="title"
          />
        </div>
        <WishFields of={of} wish={wish} set={set} />
        <div className="is-wide">
          <Field
            label={t('act.reason')}
            value={wish.reason}
            onValue={(reason) => set({ reason })}
            maxLength={1000}
            named="reason"
            optional
          />
        </div>
      </div>
    </BookingForm>
  );
}
