import type { Handle } from '#database';
import { accept, bookTogether, refuse, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { reverseMovements } from '#erp/inventory';
import type { Moved } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import type { Item } from '#erp/items';
import { newId } from '#kernel';
import { addDecimals, compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { SalesProblemCode } from './errors.ts';
import { postDeliveryEntries } from './post-deliveries.ts';
import type { PostedDelivery } from './post-deliveries.ts';
import type { SalesOrder } from './sales-order.ts';
import { lockOrders } from './read-orders.ts';
import { findDeliveries } from './read-deliveries.ts';
import type { Delivery, DeliveryLine } from './read-deliveries.ts';
import { writeDeliveries } from './write-deliveries.ts';
import type { BookedLine, BookedDelivery } from './write-deliveries.ts';

type Code = SalesProblemCode;

/** A delivery or return that is to be taken back. */
export type DeliveryReversal = {
  readonly id: string;
  readonly on: LocalDate;
  readonly reason?: string;
};

type Facts = {
  readonly orders: ReadonlyMap<string, SalesOrder>;
  readonly items: ReadonlyMap<string, Item>;
};

/** Takes deliveries and returns back, at what they cost: stock, books and the order's progress. */
export const reverseDeliveries = (
  tx: Handle,
  context: ErpContext,
  wanted: readonly DeliveryReversal[],
): Promise<readonly Result<PostedDelivery, Code>[]> =>
  bookTogether(tx, wanted, (asked) => bookReversals(tx, context, asked));

async function bookReversals(
  tx: Handle,
  context: ErpContext,
  wanted: readonly DeliveryReversal[],
): Promise<Booked<PostedDelivery, Code>> {
  const ids = wanted.map(({ id }) => id);
  const first = [...(await findDeliveries(tx, ids)).values()];
  const orders = await lockOrders(
    tx,
    first.flatMap(({ lines }) => lines.map(({ order }) => order)),
  );
  const deliveries = await findDeliveries(tx, ids); // After the lock: who came before us is seen.
  const items = await itemFacts(
    tx,
    [...deliveries.values()].flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
  );
  const seen = new Set<string>();
  const left = new Map<string, Decimal>(); // Of order lines, after those before in the same call.
  const decided = wanted.map((one): Result<Delivery, Code> => {
    const delivery = deliveries.get(one.id);
    if (delivery === undefined || delivery.legalEntity !== context.legalEntity) {
      return refuse('sales.no-such-delivery', `there is no delivery ${one.id}`, 'id');
    }
    const problem = seen.has(one.id)
      ? alreadyReversed(delivery)
      : reversalProblem(delivery, orders, left);
    seen.add(one.id);
    return problem ?? accept(delivery);
  });
  const good = decided.flatMap((each, place) => {
    const reversal = wanted[place];
    return each.ok && reversal !== undefined ? [{ place, reversal, delivery: each.value }] : [];
  });
  const late = new Map<number, Refusal<Code>>();
  const booked = await bookBack(tx, context, { good, late, facts: { orders, items } });
  const entryOf = await postDeliveryEntries(tx, context, booked, late);
  if (late.size === 0) await writeDeliveries(tx, context, booked, entryOf);
  const byPlace = new Map(booked.map((each) => [each.place, each]));
  const results = decided.map((each, place): Result<PostedDelivery, Code> => {
    if (!each.ok) return each;
    const { id = '', number = '' } = byPlace.get(place) ?? {};
    return accept({ id, number, entry: entryOf.get(id) });
  });
  return { results, late };
}

type Good = {
  readonly place: number;
  readonly reversal: DeliveryReversal;
  readonly delivery: Delivery;
};

async function bookBack(
  tx: Handle,
  context: ErpContext,
  {
    good,
    late,
    facts,
  }: {
    readonly good: readonly Good[];
    readonly late: Map<number, Refusal<Code>>;
    readonly facts: Facts;
  },
): Promise<readonly BookedDelivery[]> {
  const nowMs = millisecondsOf(context.clock());
  const wanted = good.flatMap(({ place, reversal, delivery }) =>
    delivery.lines.flatMap((line, index) =>
      line.movements.map((movement) => ({ place, index, movement, reversal })),
    ),
  );
  const results = await reverseMovements(
    tx,
    context,
    wanted.map(({ movement, reversal }) => ({
      movement,
      postedOn: reversal.on,
      reason: reversal.reason,
      group: reversal.id,
    })),
  );
  const moved = new Map<string, Moved[]>();
  for (const [at, { place, index }] of wanted.entries()) {
    const result = results[at];
    const key = `${place} ${index}`;
    if (result?.ok === true) moved.set(key, [...(moved.get(key) ?? []), result.value]);
    else if (result !== undefined && result.problem.code !== 'inventory.group-refused') {
      const message = `${result.problem.message} (${result.problem.code})`;
      late.set(place, refuse('sales.stock-refused', message));
    }
  }
  const days = good.map(({ reversal }) => reversal.on);
  const numbers = await takeNumbersOn(tx, context.legalEntity, 'DN', days);
  return good.map(({ place, reversal, delivery }, at) => ({
    place,
    id: newId('dn', nowMs),
    number: numbers[at] ?? '',
    kind: 'reversal',
    customer: delivery.customer,
    draft: { shippedOn: reversal.on, postedOn: reversal.on, lines: [] },
    reverses: delivery.id,
    lines: delivery.lines.flatMap(
      (line, index) => backwards(line, facts, moved.get(`${place} ${index}`) ?? []) ?? [],
    ),
  }));
}

const alreadyReversed = ({ number }: Delivery): Refusal<Code> =>
  refuse('sales.already-reversed', `${number} has been taken back`, 'id');

function reversalProblem(
  delivery: Delivery,
  orders: Facts['orders'],
  taken: Map<string, Decimal>,
): Refusal<Code> | undefined {
  if (delivery.reversedBy !== null || delivery.kind === 'reversal')
    return alreadyReversed(delivery);
  const own = new Map<string, Decimal>();
  for (const line of delivery.lines) {
    const ordered = orders.get(line.order)?.lines.find(({ number }) => number === line.orderLine);
    const key = `${line.order} ${line.orderLine}`;
    const before = own.get(key) ?? taken.get(key) ?? ordered?.delivered ?? decimal('0');
    const left = addDecimals(before, negateDecimal(line.quantity));
    if (compareDecimals(left, decimal('0')) < 0) {
      const message = `some of ${delivery.number} has come back already`;
      return refuse('sales.returns-too-much', message);
    }
    own.set(key, left);
  }
  for (const [key, left] of own) taken.set(key, left);
  return undefined;
}

/** The line as it is booked back. */
function backwards(
  line: DeliveryLine,
  { orders, items }: Facts,
  stock: readonly Moved[],
): BookedLine | undefined {
  const order = orders.get(line.order);
  const ordered = order?.lines.find(({ number }) => number === line.orderLine);
  if (order === undefined || ordered === undefined) return undefined;
  const item = line.item === null ? undefined : items.get(line.item);
  return {
    draft: { order: line.order, line: line.orderLine, quantity: line.quantity },
    order,
    line: ordered,
    item,
    isStock: line.movements.length > 0,
    returnedCost: decimal('0'),
    quantity: negateDecimal(line.quantity),
    baseQuantity: negateDecimal(line.quantity),
    stock,
  };
}
