import { addDays, addMonths, type LocalDate } from '#kernel/time';
import type { DateContext } from './found-period.ts';
import { periodAround, SHAPE_MONTHS, type Period, type PeriodShape } from './period.ts';

export function fiscalShape(unit: PeriodShape): PeriodShape {
  if (unit === 'year') return 'fiscal_year';
  return unit === 'quarter' ? 'fiscal_quarter' : unit;
}

export function shifted(shape: PeriodShape, steps: number, context: DateContext): Period {
  const { asOf, fiscalYearStartMonth } = context;
  const current = periodAround(asOf, shape, fiscalYearStartMonth);
  if (steps === 0) return current;
  const months = SHAPE_MONTHS[shape];
  const day =
    months === undefined
      ? addDays(current.start, steps * (shape === 'week' ? 7 : 1))
      : addMonths(current.start, steps * months);
  return periodAround(day, shape, fiscalYearStartMonth);
}

export function shiftedBy(unit: PeriodShape, steps: number, context: DateContext): Period {
  const current = shifted(unit, 0, context);
  const day = addMonths(current.start, steps * (SHAPE_MONTHS[unit] ?? 1));
  return periodAround(day, unit, context.fiscalYearStartMonth);
}

export function stepped(day: LocalDate, unit: PeriodShape, steps: number): LocalDate {
  if (unit === 'day') return addDays(day, steps);
  if (unit === 'week') return addDays(day, steps * 7);
  return addMonths(day, steps * (SHAPE_MONTHS[unit] ?? 1));
}
