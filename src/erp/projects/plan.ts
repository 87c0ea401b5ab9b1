import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addMonths, daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';

/** What is planned for a task in a month. Amounts in the company's currency. */
export type PlanMonth = {
  readonly month: LocalDate; // Its first day.
  readonly hours: Decimal;
  readonly cost: Decimal;
  readonly revenue: Decimal;
};

/** A part of the work; a phase is one that others name as their parent. */
export type PlanTask = {
  readonly number: string;
  readonly name: string;
  readonly parent: string | null;
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly months: readonly PlanMonth[];
};

/** A day by which something is there. */
export type PlanMilestone = {
  readonly number: string;
  readonly name: string;
  readonly task: string | null;
  readonly plannedOn: LocalDate;
  readonly amount: Decimal; // That is charged when it is reached; zero: nothing is.
};

/** What is to be done when, and for how much. */
export type PlanContent = {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
  readonly tasks: readonly PlanTask[];
  readonly milestones: readonly PlanMilestone[];
};

/** A plan in one version; it is never changed. */
export type Plan = PlanContent & { readonly project: string; readonly version: number };

const ZERO = decimal('0');
const PLACES = 6;

/** What a task costs as planned. */
export const costOf = ({ months }: Pick<PlanTask, 'months'>): Decimal =>
  sumDecimals(months.map(({ cost }) => cost));

/** What a plan comes to. */
export function totalsOf({ tasks }: PlanContent): {
  readonly hours: Decimal;
  readonly cost: Decimal;
  readonly revenue: Decimal;
} {
  const months = tasks.flatMap((task) => task.months);
  return {
    hours: sumDecimals(months.map(({ hours }) => hours)),
    cost: sumDecimals(months.map(({ cost }) => cost)),
    revenue: sumDecimals(months.map(({ revenue }) => revenue)),
  };
}

/**
 * What was to be spent by the end of a day: months that have passed, and of the one that runs as
 * many days as have. To six places.
 */
export function plannedBy(plan: PlanContent, on: LocalDate): Decimal {
  let planned = ZERO;
  for (const { month, cost } of plan.tasks.flatMap(({ months }) => months)) {
    planned = addDecimals(planned, partBy(month, cost, on));
  }
  return planned;
}

function partBy(month: LocalDate, cost: Decimal, on: LocalDate): Decimal {
  if (on < month) return ZERO;
  const next = addMonths(month, 1);
  if (on >= next) return cost;
  const passed = decimal(String(daysBetween(month, on) + 1));
  const days = decimal(String(daysBetween(month, next)));
  return divideDecimals(multiplyDecimals(cost, passed), days, PLACES) ?? ZERO;
}

/** Whether a milestone is charged. */
export const isCharged = ({ amount }: PlanMilestone): boolean => compareDecimals(amount, ZERO) > 0;
