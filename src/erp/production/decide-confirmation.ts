import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
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
import type { Instant, LocalDate } from '#kernel/time';
import { askedIn, decideMaterials } from './decide-issue.ts';
import type { AskedMaterial, MaterialDraft } from './decide-issue.ts';
import { productLine } from './decide-receipt.ts';
import type { ProductDraft } from './decide-receipt.ts';
import type { ProductionProblemCode } from './errors.ts';
import { hoursCost } from './freeze-order.ts';
import { isSeconds } from './routing.ts';
import { allowedAt, afterConfirmation } from './order-progress.ts';
import type { CostLine, DecidedPosting, StockLine } from './posting.ts';
import { workedOn } from './production-facts.ts';
import type { ProductionFacts } from './production-facts.ts';
import { keepBasket, newBasket } from './take-stock.ts';
import { rateOn } from './work-centre.ts';
import type { Operation, WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** What came of an operation. Quantities in the item's base unit. */
export type YieldDraft = {
  readonly order: string;
  readonly operation: number;
  readonly good?: Decimal;
  readonly scrap?: Decimal;
  readonly scrapReason?: string;
  readonly rework?: Decimal; // Sent back within the operation: neither good nor scrap yet.
  readonly reworkReason?: string;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly postedOn: LocalDate;
  readonly isFinal?: boolean; // Nothing more is done at this operation.
  readonly materials?: readonly MaterialDraft[]; // Instead of what is backflushed of them.
  readonly receive?: ProductDraft; // At the last operation: the good ones go into stock.
};

/** What was done at a work centre of ours. */
export type ConfirmationDraft = YieldDraft & {
  readonly setupSeconds?: number;
  readonly runSeconds?: number;
  readonly labourSeconds?: number; // Of all people together; else set-up and run.
  readonly downSeconds?: number;
  readonly downReason?: string;
  readonly machine?: string;
  readonly employee?: string;
};

const ZERO = decimal('0');
const QUANTITY_PLACES = 6;

/** Decides a confirmation; a later one of the same call sees it. */
export function decideConfirmation(
  facts: ProductionFacts,
  draft: ConfirmationDraft,
): Result<DecidedPosting, Code> {
  const found = operationFor(facts, draft, 'inside');
  if (!found.ok) return found;
  const { order, operation } = found.value;
  const times = timesOf(draft);
  const problem = timesProblem(draft, times);
  if (problem !== undefined) return problem;
  const centre = facts.centres.get(operation.workCentre ?? '');
  const rate = centre === undefined ? undefined : rateOn(centre, draft.postedOn);
  if (centre === undefined || rate === undefined) {
    return refuse('production.no-rate', `${centre?.code} has no rate on ${draft.postedOn}`);
  }
  const cost = (kind: 'machine' | 'labour', seconds: number, hourly: Decimal): CostLine => ({
    kind,
    operation: operation.number,
    amount: roundDecimal(hoursCost(decimal(String(seconds)), hourly), facts.scale),
    costCentre: centre.costCentre,
  });
  const costs = [
    cost('machine', times.setupSeconds + times.runSeconds, rate.machineRate),
    cost('labour', times.labourSeconds, rate.labourRate),
  ];
  return decideYield(facts, draft, { order, operation, costs, times });
}

/** The operation of a draft, when something may be confirmed there. */
export function operationFor(
  facts: ProductionFacts,
  draft: { readonly order: string; readonly operation: number },
  kind: Operation['kind'],
): Result<{ readonly order: WorkOrder; readonly operation: Operation }, Code> {
  const order = workedOn(facts, draft.order);
  if (!order.ok) return order;
  const operation = order.value.operations.find(({ number }) => number === draft.operation);
  if (operation === undefined || operation.kind !== kind) {
    const message = `${order.value.number} has no operation ${draft.operation} ${kind}`;
    return refuse('production.no-such-operation', message, 'operation');
  }
  return operation.isFinal
    ? refuse('production.operation-done', `operation ${draft.operation} is done`, 'operation')
    : accept({ order: order.value, operation });
}

type Times = {
  readonly setupSeconds: number;
  readonly runSeconds: number;
  readonly labourSeconds: number;
  readonly downSeconds: number;
};

/** Decides what came of an operation, wherever it was done and whatever it cost. */
export function decideYield(
  facts: ProductionFacts,
  draft: YieldDraft & Partial<ConfirmationDraft>,
  at: {
    readonly order: WorkOrder;
    readonly operation: Operation;
    readonly costs: readonly CostLine[];
    readonly times: Times;
  },
): Result<DecidedPosting, Code> {
  const { order, operation, times } = at;
  const { good = ZERO, scrap = ZERO, rework = ZERO, isFinal = false } = draft;
  const problem = yieldProblem(draft, { order, operation });
  if (problem !== undefined) return problem;
  const confirmation = {
    operation: operation.number,
    good,
    scrap,
    scrapReason: draft.scrapReason ?? null,
    rework,
    reworkReason: draft.reworkReason ?? null,
    ...times,
    downReason: draft.downReason ?? null,
    machine: draft.machine ?? null,
    employee: draft.employee ?? null,
    startedAt: draft.startedAt,
    endedAt: draft.endedAt,
    finals: isFinal ? 1 : 0,
  };
  const basket = newBasket(facts);
  const wanted = [
    ...askedIn(draft.materials ?? [], 'materials'),
    ...backflushed(order, operation, draft),
  ];
  const materials = decideMaterials(facts, basket, order, wanted);
  if (!materials.ok) return materials;
  const costs = at.costs.filter(({ amount }) => compareDecimals(amount, ZERO) !== 0);
  const spent = addDecimals(order.wip, sumDecimals(costs.map(({ amount }) => amount)));
  const confirmed = { ...afterConfirmation(materials.value.after, confirmation), wip: spent };
  const stock: StockLine[] = [...materials.value.lines];
  let after = confirmed;
  if (draft.receive !== undefined && compareDecimals(good, ZERO) > 0) {
    const product = { ...draft.receive, quantity: good };
    const received = productLine(facts, confirmed, product, 'receive');
    if (!received.ok) return received;
    stock.push(received.value.line);
    after = received.value.after;
  }
  keepBasket(basket);
  facts.orders.set(order.id, after);
  return accept({
    kind: 'confirmation',
    order,
    postedOn: draft.postedOn,
    reason: null,
    confirmation,
    stock,
    costs,
  });
}

function timesOf(draft: ConfirmationDraft): Times {
  const { setupSeconds = 0, runSeconds = 0, downSeconds = 0 } = draft;
  const { labourSeconds = setupSeconds + runSeconds } = draft;
  return { setupSeconds, runSeconds, labourSeconds, downSeconds };
}

function timesProblem(draft: ConfirmationDraft, times: Times): Refusal<Code> | undefined {
  if (!Object.values(times).every(isSeconds)) {
    return refuse('production.bad-times', 'times are whole seconds, of a year at most');
  }
  return times.downSeconds > 0 && draft.downReason === undefined
    ? refuse('production.reason-missing', 'a stop has a reason', 'downReason')
    : undefined;
}

function yieldProblem(
  draft: YieldDraft & Partial<ConfirmationDraft>,
  { order, operation }: { readonly order: WorkOrder; readonly operation: Operation },
): Refusal<Code> | undefined {
  const { good = ZERO, scrap = ZERO, rework = ZERO } = draft;
  if ([good, scrap, rework].some((quantity) => compareDecimals(quantity, ZERO) < 0)) {
    return refuse('production.bad-quantity', 'quantities are not below zero');
  }
  if (draft.endedAt < draft.startedAt) {
    return refuse('production.bad-times', 'it ends before it begins', 'endedAt');
  }
  if (compareDecimals(scrap, ZERO) > 0 && draft.scrapReason === undefined) {
    return refuse('production.reason-missing', 'scrap has a reason', 'scrapReason');
  }
  if (compareDecimals(rework, ZERO) > 0 && draft.reworkReason === undefined) {
    return refuse('production.reason-missing', 'rework has a reason', 'reworkReason');
  }
  const seconds = [draft.setupSeconds, draft.runSeconds, draft.labourSeconds, draft.downSeconds];
  const says =
    [good, scrap, rework].some((quantity) => compareDecimals(quantity, ZERO) > 0) ||
    seconds.some((each) => each !== undefined && each > 0) ||
    draft.isFinal === true;
  if (!says) return refuse('production.empty-posting', 'a confirmation says something');
  const isLast = order.operations.at(-1)?.number === operation.number;
  if (draft.receive !== undefined && !isLast) {
    const message = 'only what the last operation made goes into stock';
    return refuse('production.no-such-operation', message, 'receive');
  }
  const processed = sumDecimals([operation.good, operation.scrap, good, scrap]);
  const allowed = allowedAt(order, operation);
  if (compareDecimals(processed, allowed.passed) > 0) {
    const message = `${allowed.passed} may be passed on at ${operation.number}, not ${processed}`;
    return refuse('production.more-than-passed-on', message, 'good');
  }
  return operation.kind === 'outside' && compareDecimals(processed, operation.shipped) > 0
    ? refuse('production.more-than-shipped', `${operation.shipped} were shipped`, 'good')
    : undefined;
}

/** What an operation's pieces have used up of the components that nobody issues by hand. */
function backflushed(
  order: WorkOrder,
  operation: Operation,
  { good = ZERO, scrap = ZERO, materials = [] }: YieldDraft,
): readonly AskedMaterial[] {
  const before = addDecimals(operation.good, operation.scrap);
  const after = sumDecimals([before, good, scrap]);
  const byHand = new Set(materials.map(({ component }) => component));
  return order.components
    .filter((each) => each.isBackflushed && each.operation === operation.number)
    .filter(({ number }) => !byHand.has(number))
    .map(({ number, required }) => ({
      field: `components.${number}`, // Nobody asked for it: the bill does.
      component: number,
      quantity: subtractDecimals(
        usedBy(required, after, order.quantity),
        usedBy(required, before, order.quantity),
      ),
    }))
    .filter(({ quantity }) => compareDecimals(quantity, ZERO) > 0);
}

/** What so many pieces of an order use of a component, to six places. */
export const usedBy = (required: Decimal, pieces: Decimal, quantity: Decimal): Decimal =>
  divideDecimals(multiplyDecimals(required, pieces), quantity, QUANTITY_PLACES) ?? ZERO;
