import { compareDecimals, decimal, multiplyDecimals, roundDecimal } from '#kernel/decimal';
import { addDecimals, divideDecimals, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays, daysBetween, isoWeekday } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { WorkCentre } from './work-centre.ts';
import type { Operation, WorkOrder } from './work-order.ts';

/** What is left to do of an operation, and between which days. */
export type OpenOperation = {
  readonly order: string;
  readonly number: string; // The order's.
  readonly operation: number;
  readonly workCentre: string;
  readonly seconds: number;
  readonly startOn: LocalDate;
  readonly endOn: LocalDate;
};

/** What a work centre has to do on a day, and can. */
export type DayLoad = {
  readonly workCentre: string;
  readonly day: LocalDate;
  readonly loadSeconds: number;
  readonly capacitySeconds: number;
  readonly orders: readonly {
    readonly order: string;
    readonly number: string;
    readonly seconds: number;
  }[];
};

type CentreHours = Pick<WorkCentre, 'id' | 'machines' | 'hoursPerDay' | 'weekdays'>;

const ZERO = decimal('0');
const HOUR = decimal('3600');

/** What a work centre can do on a day, in seconds of all its places together. */
export function capacityOn(centre: CentreHours, day: LocalDate): number {
  if (!centre.weekdays.includes(isoWeekday(day))) return 0;
  const places = decimal(String(centre.machines));
  const seconds = multiplyDecimals(multiplyDecimals(centre.hoursPerDay, HOUR), places);
  return Number(roundDecimal(seconds, 0)); // At most some thousand hours: a whole number.
}

/**
 * The load of work centres on each day from `from` to `to`. What is left of an operation is spread
 * evenly over the working days it may be done on; where there are none, its first day takes it. Pure.
 */
export function loadOf(
  centres: readonly CentreHours[],
  operations: readonly OpenOperation[],
  window: { readonly from: LocalDate; readonly to: LocalDate },
): readonly DayLoad[] {
  const known = new Map(centres.map((centre) => [centre.id, centre]));
  const shares = operations.flatMap((operation) => {
    const centre = known.get(operation.workCentre);
    return centre === undefined ? [] : spread(operation, centre);
  });
  const byDay = Map.groupBy(shares, ({ workCentre, day }) => `${workCentre} ${day}`);
  return centres.flatMap((centre) =>
    daysFrom(window.from, window.to).map((day): DayLoad => {
      const own = byDay.get(`${centre.id} ${day}`) ?? [];
      return {
        workCentre: centre.id,
        day,
        loadSeconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
        capacitySeconds: capacityOn(centre, day),
        orders: own.map(({ order, number, seconds }) => ({ order, number, seconds })),
      };
    }),
  );
}

function spread(
  operation: OpenOperation,
  centre: CentreHours,
): readonly (OpenOperation & { readonly day: LocalDate })[] {
  const { startOn, endOn, seconds } = operation;
  const working = daysFrom(startOn, endOn).filter((day) => capacityOn(centre, day) > 0);
  const days = working.length === 0 ? [startOn] : working;
  const each = Math.floor(seconds / days.length);
  const rest = seconds - each * days.length;
  return days
    .map((day, at) => ({ ...operation, day, seconds: at < rest ? each + 1 : each }))
    .filter((share) => share.seconds > 0);
}

const daysFrom = (from: LocalDate, to: LocalDate): readonly LocalDate[] =>
  Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, at) => addDays(from, at));

/** What is left of an order's operations, each in its share of the order's days from today on. */
export function openOperations(
  order: Pick<WorkOrder, 'id' | 'number' | 'quantity' | 'plannedStartOn' | 'plannedEndOn'>,
  operations: readonly Pick<
    Operation,
    | 'number'
    | 'workCentre'
    | 'setupSeconds'
    | 'runSeconds'
    | 'baseQuantity'
    | 'good'
    | 'scrap'
    | 'setupDone'
    | 'isFinal'
  >[],
  today: LocalDate,
): readonly OpenOperation[] {
  const startOn = order.plannedStartOn < today ? today : order.plannedStartOn;
  const endOn = order.plannedEndOn < startOn ? startOn : order.plannedEndOn;
  const days = daysBetween(startOn, endOn) + 1;
  return operations.flatMap((each, at) => {
    const { workCentre } = each;
    const seconds = each.isFinal ? 0 : secondsLeft(order.quantity, each);
    if (workCentre === null || seconds === 0) return [];
    const first = Math.floor((at * days) / operations.length);
    const last = Math.max(first, Math.floor(((at + 1) * days) / operations.length) - 1);
    return [
      {
        order: order.id,
        number: order.number,
        operation: each.number,
        workCentre,
        seconds,
        startOn: addDays(startOn, first),
        endOn: addDays(startOn, last),
      },
    ];
  });
}

function secondsLeft(
  quantity: Decimal,
  operation: Pick<
    Operation,
    'setupSeconds' | 'runSeconds' | 'baseQuantity' | 'good' | 'scrap' | 'setupDone'
  >,
): number {
  const processed = addDecimals(operation.good, operation.scrap);
  const left = subtractDecimals(quantity, processed);
  if (compareDecimals(left, ZERO) <= 0) return 0;
  const run = multiplyDecimals(operation.runSeconds, left);
  const seconds = Number(divideDecimals(run, operation.baseQuantity, 0) ?? ZERO);
  const isSetUp = operation.setupDone > 0 || compareDecimals(processed, ZERO) > 0;
  return seconds + (isSetUp ? 0 : operation.setupSeconds);
}
