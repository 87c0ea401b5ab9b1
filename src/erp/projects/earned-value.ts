import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { costOf, plannedBy, totalsOf } from './plan.ts';
import type { PlanContent } from './plan.ts';
import type { Progress } from './progress.ts';

/** What earned value is computed from. */
export type EarnedValueFacts = {
  readonly on: LocalDate;
  readonly scale: number; // Of the company's currency.
  readonly plan: PlanContent;
  readonly progress: readonly Pick<Progress, 'task' | 'percent' | 'costToComplete'>[];
  readonly actualCost: Decimal;
};

/** How a project stands against its plan at the end of a day. Company currency. */
export type EarnedValue = {
  readonly budgetAtCompletion: Decimal; // BAC: what all of it may cost.
  readonly plannedValue: Decimal; // PV: what was to be done by then.
  readonly earnedValue: Decimal; // EV: what was done, at its planned cost.
  readonly actualCost: Decimal; // AC: what the books show.
  readonly percentComplete: Decimal; // EV of BAC, two places.
  readonly costVariance: Decimal; // EV − AC: below zero it costs too much.
  readonly scheduleVariance: Decimal; // EV − PV: below zero it is late.
  readonly costPerformance: Decimal | null; // CPI: EV / AC, four places. Null: nothing was spent.
  readonly schedulePerformance: Decimal | null; // SPI: EV / PV. Null: nothing was to be done.
  readonly estimateToComplete: Decimal; // ETC: as was said of a task, else at the cost so far.
  readonly estimateAtCompletion: Decimal; // EAC: AC + ETC.
  readonly varianceAtCompletion: Decimal; // BAC − EAC: below zero it will overrun.
};

const ZERO = decimal('0');
const HUNDRED = decimal('100');
const PLACES = 8;

/** Computes it. Pure. */
export function earnedValueOf(facts: EarnedValueFacts): EarnedValue {
  const { plan, scale, actualCost } = facts;
  const money = (amount: Decimal): Decimal => roundDecimal(amount, scale);
  const said = new Map(facts.progress.map((each) => [each.task, each]));
  const tasks = plan.tasks.map((task) => {
    const budget = costOf(task);
    const percent = said.get(task.number)?.percent ?? ZERO;
    const earned = divideDecimals(multiplyDecimals(budget, percent), HUNDRED, PLACES) ?? ZERO;
    return { budget, earned, rest: said.get(task.number)?.costToComplete ?? undefined };
  });
  const budgetAtCompletion = money(totalsOf(plan).cost);
  const exact = sumDecimals(tasks.map(({ earned }) => earned));
  const earnedValue = money(exact);
  const plannedValue = money(plannedBy(plan, facts.on));
  const performance = divideDecimals(exact, actualCost, PLACES);
  const pace = performance === undefined || isZero(performance) ? decimal('1') : performance;
  const rest = sumDecimals(
    tasks.map(
      ({ budget, earned, rest: own }) =>
        own ?? divideDecimals(subtractDecimals(budget, earned), pace, PLACES) ?? ZERO,
    ),
  );
  const estimateToComplete = money(rest);
  const estimateAtCompletion = addDecimals(money(actualCost), estimateToComplete);
  return {
    budgetAtCompletion,
    plannedValue,
    earnedValue,
    actualCost: money(actualCost),
    percentComplete:
      divideDecimals(multiplyDecimals(exact, HUNDRED), budgetAtCompletion, 2) ?? decimal('0.00'),
    costVariance: subtractDecimals(earnedValue, money(actualCost)),
    scheduleVariance: subtractDecimals(earnedValue, plannedValue),
    costPerformance: divideDecimals(earnedValue, actualCost, 4) ?? null,
    schedulePerformance: divideDecimals(earnedValue, plannedValue, 4) ?? null,
    estimateToComplete,
    estimateAtCompletion,
    varianceAtCompletion: subtractDecimals(budgetAtCompletion, estimateAtCompletion),
  };
}

const isZero = (value: Decimal): boolean => compareDecimals(value, ZERO) === 0;
