import { drawsOf } from '#kernel';
import { addDays, isoWeekday, partsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { PARITY } from './plan.ts';
import type { Plan } from './plan.ts';

/** What one euro is worth from a day on: ten-thousandths of a unit of the currency. */
export type Rate = {
  readonly currency: string;
  readonly on: LocalDate;
  readonly type: 'spot' | 'month-end';
  readonly tenThousandths: number;
};

const CURRENCIES = Object.keys(PARITY).filter((currency) => currency !== 'EUR');
const STEP = 55; // A week, at most.
const PULL = 25; // So many weeks it takes to come back.

/** Rates that wander about their parity. Asked day by day, it answers the rates of that day. */
export function openRates(plan: Plan): (index: number) => readonly Rate[] {
  const away = new Map(CURRENCIES.map((currency) => [currency, 0]));
  const all = (on: LocalDate, type: Rate['type']): Rate[] =>
    CURRENCIES.map((currency) => ({
      currency,
      on,
      type,
      tenThousandths: (PARITY[currency] ?? 100) * 100 + (away.get(currency) ?? 0),
    }));
  return (index) => {
    const on = addDays(plan.startedOn, index);
    const isMonday = isoWeekday(on) === 1;
    if (isMonday || index === 0) {
      for (const currency of CURRENCIES) {
        const draw = drawsOf(plan.seed, `rate ${currency} ${index}`);
        const before = away.get(currency) ?? 0;
        away.set(currency, before + draw.between(-STEP, STEP) - Math.trunc(before / PULL));
      }
    }
    const isLast = partsOf(addDays(on, 1))[2] === 1;
    return [
      ...(isMonday || index === 0 ? all(on, 'spot') : []),
      ...(isLast ? all(on, 'month-end') : []),
    ];
  };
}
