import { addDays, addMonths, dateOf, daysBetween, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { PlannedMilestone, PlannedTask } from './intent.ts';
import type { Person } from './services.ts';

/** A part of the work: as it is planned, and as much as it turns out to be. */
export type Task = {
  readonly number: string;
  readonly name: string;
  readonly hours: number; // Planned.
  readonly cost: number; // Planned, with what others charge; minor units.
  readonly revenue: number;
  readonly need: number; // Quarters of an hour that it takes.
  done: number; // Of these.
};

/** The days in which so many hours are done. */
export type Span = { readonly from: LocalDate; readonly to: LocalDate };

/** Days of tasks that follow one another, from a Monday on, at so many hours a week. */
export function spansOf(
  tasks: readonly Pick<Task, 'hours'>[],
  of: { readonly from: LocalDate; readonly hoursOfWeek: number },
): readonly Span[] {
  let from = of.from;
  return tasks.map(({ hours }) => {
    const weeks = Math.max(1, Math.ceil(hours / of.hoursOfWeek));
    const span = { from, to: addDays(from, weeks * 7 - 3) }; // To the Friday.
    from = addDays(span.to, 3);
    return span;
  });
}

/** A task as it is planned: its hours and amounts by months, as many days as each has of it. */
export function plannedTask(
  { number, name, hours, cost, revenue }: Task,
  { from, to }: Span,
): PlannedTask {
  const days = daysBetween(from, to) + 1;
  const months: { month: LocalDate; until: number }[] = [];
  for (let month = firstOf(from); month <= to; month = addMonths(month, 1)) {
    const end = addDays(addMonths(month, 1), -1);
    months.push({ month, until: Math.min(days, daysBetween(from, end) + 1) });
  }
  const share = (all: number, days_: number): number => Math.floor((all * days_) / days);
  return {
    number,
    name,
    startsOn: from,
    endsOn: to,
    months: months.map(({ month, until }, at) => {
      const before = months[at - 1]?.until ?? 0;
      const part = (all: number): number => share(all, until) - share(all, before);
      return { month, hours: part(hours), cost: part(cost), revenue: part(revenue) };
    }),
  };
}

function firstOf(on: LocalDate): LocalDate {
  const [year, month] = partsOf(on);
  return dateOf(year, month, 1);
}

/** What is reached with a task. */
export const milestoneOf = (
  { number, name, revenue }: Task,
  { to }: Span,
  isCharged: boolean,
): PlannedMilestone => ({
  number: `M${number}`,
  name: `${name} done`,
  task: number,
  plannedOn: to,
  amount: isCharged ? revenue : 0,
});

/** What an hour of a team costs and is charged at. */
export function ratesOf(team: readonly Person[]): { readonly cost: number; readonly bill: number } {
  return {
    cost: mean(team.map(({ costRate }) => costRate)),
    bill: mean(team.map(({ billRate }) => billRate)),
  };
}

const mean = (all: readonly number[]): number =>
  Math.floor(all.reduce((sum, each) => sum + each, 0) / Math.max(1, all.length));
