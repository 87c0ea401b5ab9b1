import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { requirementsOf } from '#erp/items';
import type { Bom, Item } from '#erp/items';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import type { Routing, RoutingOperation } from './routing.ts';
import { rateOn } from './work-centre.ts';
import type { WorkCentre } from './work-centre.ts';
import type { Component, Operation, WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** What is frozen of an operation. */
export type FrozenOperation = Pick<
  Operation,
  | 'number'
  | 'kind'
  | 'name'
  | 'workCentre'
  | 'setupSeconds'
  | 'runSeconds'
  | 'baseQuantity'
  | 'machineRate'
  | 'labourRate'
  | 'supplier'
  | 'supplierWarehouse'
  | 'unitPrice'
>;

/** What is frozen of a component. */
export type FrozenComponent = Pick<
  Component,
  'number' | 'operation' | 'item' | 'required' | 'unitCost' | 'isBackflushed'
>;

/** An order's bill and routing as they are frozen at release. */
export type Frozen = {
  readonly bom: string;
  readonly routing: string;
  readonly operations: readonly FrozenOperation[];
  readonly components: readonly FrozenComponent[];
  readonly unitCost: Decimal; // Planned, of one; company currency.
};

/** What is known when an order is frozen. */
export type FreezeFacts = {
  readonly bom: Bom | undefined;
  readonly routing: Routing | undefined;
  readonly items: ReadonlyMap<string, Item>;
  readonly centres: ReadonlyMap<string, WorkCentre>;
  readonly on: LocalDate;
  readonly explicit: ReadonlySet<string>; // Items that are not backflushed.
  costOf(item: string): Decimal;
};

/** Places that a planned cost is kept to. */
export const COST_PLACES = 6;
const HOUR = decimal('3600');
const ZERO = decimal('0');

/** An order's components and operations as of a day. Pure. */
export function freezeOrder(
  order: Pick<WorkOrder, 'number' | 'quantity'>,
  facts: FreezeFacts,
): Result<Frozen, Code> {
  const { bom, routing } = facts;
  if (bom === undefined) {
    return refuse('production.no-bom', `nothing says what ${order.number} is made of`);
  }
  if (routing === undefined) {
    return refuse('production.no-routing', `nothing says how ${order.number} is made`);
  }
  const operations: FrozenOperation[] = [];
  for (const each of routing.operations) {
    const frozen = freezeOperation(each, routing, facts);
    if (!frozen.ok) return frozen;
    operations.push(frozen.value);
  }
  const components: FrozenComponent[] = [];
  const first = operations[0]?.number ?? 0;
  for (const line of requirementsOf(bom, order.quantity)) {
    if (compareDecimals(line.required, ZERO) <= 0) continue; // Too little to be counted.
    const operation = line.operation === undefined ? first : Number(line.operation);
    if (!operations.some(({ number }) => number === operation)) {
      const message = `the routing has no operation ${line.operation}`;
      return refuse('production.no-such-operation', message, 'routing');
    }
    const item = facts.items.get(line.component);
    if (item === undefined || item.kind === 'service') {
      return refuse('production.bad-order', `${item?.number} is not kept in stock`, 'bom');
    }
    components.push({
      number: (components.length + 1) * 10,
      operation,
      item: line.component,
      required: line.required,
      unitCost: facts.costOf(line.component),
      isBackflushed: !facts.explicit.has(line.component),
    });
  }
  const total = plannedCost(order.quantity, operations, components);
  const unitCost = divideDecimals(total, order.quantity, COST_PLACES) ?? ZERO;
  return accept({ bom: bom.id, routing: routing.id, operations, components, unitCost });
}

function freezeOperation(
  operation: RoutingOperation,
  { baseQuantity }: Routing,
  { centres, on }: FreezeFacts,
): Result<FrozenOperation, Code> {
  const { number, name, kind } = operation;
  if (kind === 'outside') {
    return accept({
      number,
      kind,
      name,
      workCentre: null,
      setupSeconds: 0,
      runSeconds: ZERO,
      baseQuantity,
      machineRate: ZERO,
      labourRate: ZERO,
      supplier: operation.supplier,
      supplierWarehouse: operation.supplierWarehouse ?? null,
      unitPrice: operation.unitPrice,
    });
  }
  const centre = centres.get(operation.workCentre);
  const rate = centre === undefined ? undefined : rateOn(centre, on);
  if (rate === undefined) {
    return refuse('production.no-rate', `operation ${number} has no rate on ${on}`);
  }
  return accept({
    number,
    kind,
    name,
    workCentre: operation.workCentre,
    setupSeconds: operation.setupSeconds,
    runSeconds: operation.runSeconds,
    baseQuantity,
    machineRate: rate.machineRate,
    labourRate: rate.labourRate,
    supplier: null,
    supplierWarehouse: null,
    unitPrice: null,
  });
}

/** What so much work of machine and labour costs at these rates an hour, exact to six places. */
export function hoursCost(seconds: Decimal, rate: Decimal): Decimal {
  return divideDecimals(multiplyDecimals(seconds, rate), HOUR, COST_PLACES) ?? ZERO;
}

/** What an operation is planned to cost for so many pieces. */
export function plannedOperationCost(operation: FrozenOperation, pieces: Decimal): Decimal {
  if (operation.unitPrice !== null) return multiplyDecimals(operation.unitPrice, pieces);
  const run = multiplyDecimals(operation.runSeconds, pieces);
  const seconds = addDecimals(
    decimal(String(operation.setupSeconds)),
    divideDecimals(run, operation.baseQuantity, COST_PLACES) ?? ZERO,
  );
  return hoursCost(seconds, addDecimals(operation.machineRate, operation.labourRate));
}

function plannedCost(
  quantity: Decimal,
  operations: readonly FrozenOperation[],
  components: readonly FrozenComponent[],
): Decimal {
  return sumDecimals([
    ...operations.map((each) => plannedOperationCost(each, quantity)),
    ...components.map(({ required, unitCost }) => multiplyDecimals(required, unitCost)),
  ]);
}
