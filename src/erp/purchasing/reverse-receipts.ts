import type { Handle } from '#database';
import { accept, bookTogether, companyCurrencyOf, refuse, takeNumbersOn } from '#erp/company';
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
import type { PurchasingProblemCode } from './errors.ts';
import { postReceiptEntries } from './post-receipts.ts';
import type { PostedReceipt } from './post-receipts.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import { lockOrders } from './read-orders.ts';
import { findReceipts } from './read-receipts.ts';
import type { GoodsReceipt, GoodsReceiptLine } from './read-receipts.ts';
import { writeReceipts } from './write-receipts.ts';
import type { BookedLine, BookedReceipt } from './write-receipts.ts';

type Code = PurchasingProblemCode;

/** A receipt or return that is to be taken back. */
export type ReceiptReversal = {
  readonly id: string;
  readonly on: LocalDate;
  readonly reason?: string;
};

type Facts = {
  readonly orders: ReadonlyMap<string, PurchaseOrder>;
  readonly items: ReadonlyMap<string, Item>;
};

/** Takes receipts and returns back, at what they were worth: stock, books and the order's progress. */
export const reverseReceipts = (
  tx: Handle,
  context: ErpContext,
  wanted: readonly ReceiptReversal[],
): Promise<readonly Result<PostedReceipt, Code>[]> =>
  bookTogether(tx, wanted, (asked) => bookReversals(tx, context, asked));

async function bookReversals(
  tx: Handle,
  context: ErpContext,
  wanted: readonly ReceiptReversal[],
): Promise<Booked<PostedReceipt, Code>> {
  const ids = wanted.map(({ id }) => id);
  const first = [...(await findReceipts(tx, ids)).values()];
  const orders = await lockOrders(
    tx,
    first.flatMap(({ lines }) => lines.map(({ order }) => order)),
  );
  const receipts = await findReceipts(tx, ids); // After the lock: who came before us is seen.
  const items = await itemFacts(
    tx,
    [...receipts.values()].flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
  );
  const seen = new Set<string>();
  const left = new Map<string, Decimal>(); // Of order lines, after those before in the same call.
  const decided = wanted.map((one): Result<GoodsReceipt, Code> => {
    const receipt = receipts.get(one.id);
    if (receipt === undefined || receipt.legalEntity !== context.legalEntity) {
      return refuse('purchasing.no-such-receipt', `there is no receipt ${one.id}`, 'id');
    }
    const problem = seen.has(one.id)
      ? alreadyReversed(receipt)
      : reversalProblem(receipt, orders, left);
    seen.add(one.id);
    return problem ?? accept(receipt);
  });
  const good = decided.flatMap((each, place) => {
    const reversal = wanted[place];
    return each.ok && reversal !== undefined ? [{ place, reversal, receipt: each.value }] : [];
  });
  const late = new Map<number, Refusal<Code>>();
  const booked = await bookBack(tx, context, { good, late, facts: { orders, items } });
  const companyCurrency = await companyCurrencyOf(tx, context.legalEntity);
  const entryOf = await postReceiptEntries(tx, context, {
    receipts: booked,
    companyCurrency,
    late,
  });
  if (late.size === 0) await writeReceipts(tx, context, booked, entryOf);
  const byPlace = new Map(booked.map((each) => [each.place, each]));
  const results = decided.map((each, place): Result<PostedReceipt, Code> => {
    if (!each.ok) return each;
    const { id = '', number = '' } = byPlace.get(place) ?? {};
    return accept({ id, number, entry: entryOf.get(id) });
  });
  return { results, late };
}

type Good = {
  readonly place: number;
  readonly reversal: ReceiptReversal;
  readonly receipt: GoodsReceipt;
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
): Promise<readonly (BookedReceipt & { readonly place: number })[]> {
  const nowMs = millisecondsOf(context.clock());
  const wanted = good.flatMap(({ place, reversal, receipt }) =>
    receipt.lines.flatMap((line, index) =>
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
      late.set(place, refuse('purchasing.stock-refused', message));
    }
  }
  const days = good.map(({ reversal }) => reversal.on);
  const numbers = await takeNumbersOn(tx, context.legalEntity, 'GR', days);
  return good.map(({ place, reversal, receipt }, at) => ({
    place,
    id: newId('gr', nowMs),
    number: numbers[at] ?? '',
    kind: 'reversal',
    supplier: receipt.supplier,
    draft: { receivedOn: reversal.on, postedOn: reversal.on, lines: [] },
    reverses: receipt.id,
    lines: receipt.lines.flatMap(
      (line, index) => backwards(line, facts, moved.get(`${place} ${index}`) ?? []) ?? [],
    ),
  }));
}

const alreadyReversed = ({ number }: GoodsReceipt): Refusal<Code> =>
  refuse('purchasing.already-reversed', `${number} has been taken back`, 'id');

function reversalProblem(
  receipt: GoodsReceipt,
  orders: Facts['orders'],
  taken: Map<string, Decimal>,
): Refusal<Code> | undefined {
  if (receipt.reversedBy !== null || receipt.kind === 'reversal') return alreadyReversed(receipt);
  const own = new Map<string, Decimal>();
  for (const line of receipt.lines) {
    const ordered = orders.get(line.order)?.lines.find(({ number }) => number === line.orderLine);
    const key = `${line.order} ${line.orderLine}`;
    const before = own.get(key) ?? taken.get(key) ?? ordered?.received ?? decimal('0');
    const left = addDecimals(before, negateDecimal(line.quantity));
    if (compareDecimals(left, decimal('0')) < 0) {
      const message = `some of ${receipt.number} has gone back already`;
      return refuse('purchasing.returns-too-much', message);
    }
    own.set(key, left);
  }
  for (const [key, left] of own) taken.set(key, left);
  return undefined;
}

/** The line as it is booked back. */
function backwards(
  line: GoodsReceiptLine,
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
    quantity: negateDecimal(line.quantity),
    rejected: negateDecimal(line.rejected),
    baseQuantity: negateDecimal(line.quantity),
    baseRejected: negateDecimal(line.rejected),
    value: negateDecimal(line.value),
    net: negateDecimal(line.net),
    stock,
  };
}
