import type { Handle } from '#database';
import { accept, bookTogether, companyCurrencyOf, refuse, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { listReservations, moveStock } from '#erp/inventory';
import type { Moved, MovementDraft } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import { postEntries } from '#erp/ledger';
import { customerFacts } from '#erp/parties';
import { newId } from '#kernel';
import { negateDecimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import { decideDelivery } from './decide-delivery.ts';
import type { DecidedDelivery, DecidedDeliveryLine, DeliveryDraft } from './decide-delivery.ts';
import { deliveryEntry } from './delivery-entry.ts';
import type { SalesProblemCode } from './errors.ts';
import { lockOrders } from './read-orders.ts';
import { writeDeliveries } from './write-deliveries.ts';
import type { BookedDelivery } from './write-deliveries.ts';

type Code = SalesProblemCode;

/** A delivery as it was booked. */
export type PostedDelivery = {
  readonly id: string;
  readonly number: string;
  readonly entry: string | undefined;
};

/**
 * Books deliveries to customers and returns from them: stock, cost of goods sold, the order's
 * progress; all in the caller's transaction.
 */
export const postDeliveries = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly DeliveryDraft[],
): Promise<readonly Result<PostedDelivery, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookDeliveries(tx, context, asked));

async function bookDeliveries(
  tx: Handle,
  context: ErpContext,
  drafts: readonly DeliveryDraft[],
): Promise<Booked<PostedDelivery, Code>> {
  const { legalEntity } = context;
  const orders = await lockOrders(
    tx,
    drafts.flatMap(({ lines }) => lines.map(({ order }) => order)),
  );
  const all = [...orders.values()];
  const [items, customers, held] = await Promise.all([
    itemFacts(
      tx,
      all.flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
    ),
    customerFacts(
      tx,
      all.map(({ customer }) => customer),
    ),
    listReservations(tx, {
      ids: all.flatMap(({ lines }) => lines.flatMap(({ reservation }) => reservation ?? [])),
      onlyOpen: true,
    }),
  ]);
  const facts = { legalEntity, orders, items, customers };
  const taken = new Map();
  const decided = drafts.map((draft) => decideDelivery(facts, draft, taken));
  const nowMs = millisecondsOf(context.clock());
  const good = decided.flatMap((each, place) =>
    each.ok ? [{ place, id: newId('dn', nowMs), delivery: each.value }] : [],
  );
  const late = new Map<number, Refusal<Code>>();
  const open = new Set(held.map(({ id }) => id));
  const moved = await moveAll(tx, context, { good, open, late });
  const days = good.map(({ delivery }) => delivery.draft.postedOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'DN', days);
  const booked = good.map(
    ({ place, id, delivery }, at): BookedDelivery => ({
      place,
      id,
      number: numbers[at] ?? '',
      kind: delivery.kind,
      customer: delivery.customer,
      draft: delivery.draft,
      lines: delivery.lines.map((line, index) => ({ ...line, stock: moved(place, index) })),
    }),
  );
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

/** Posts what deliveries cost; those that the ledger refuses are noted in `late`. */
export async function postDeliveryEntries(
  tx: Handle,
  context: ErpContext,
  deliveries: readonly BookedDelivery[],
  late: Map<number, Refusal<Code>>,
): Promise<ReadonlyMap<string, string>> {
  const { legalEntity } = context;
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const worth = deliveries.flatMap((delivery) => {
    const entry = deliveryEntry(delivery, { legalEntity, companyCurrency });
    return entry === undefined ? [] : [{ delivery, entry }];
  });
  const posted = await postEntries(
    tx,
    context,
    worth.map(({ entry }) => entry),
  );
  const entryOf = new Map<string, string>();
  for (const [at, { delivery }] of worth.entries()) {
    const entry = posted[at];
    if (entry?.ok === true) entryOf.set(delivery.id, entry.value.id);
    else if (entry !== undefined && !late.has(delivery.place)) {
      const message = `${entry.problem.message} (${entry.problem.code})`;
      late.set(delivery.place, refuse('sales.journal-refused', message));
    }
  }
  return entryOf;
}

type Good = { readonly place: number; readonly id: string; readonly delivery: DecidedDelivery };

/** Moves the stock of all deliveries; those whose stock is refused are noted in `late`. */
async function moveAll(
  tx: Handle,
  context: ErpContext,
  {
    good,
    open,
    late,
  }: {
    readonly good: readonly Good[];
    readonly open: ReadonlySet<string>; // Reservations.
    readonly late: Map<number, Refusal<Code>>;
  },
): Promise<(place: number, line: number) => readonly Moved[]> {
  const wanted = good.flatMap(({ place, id, delivery }) =>
    delivery.lines.flatMap((line, index) =>
      movementOf(line, { id, index, delivery, open }).map((draft) => ({ place, index, draft })),
    ),
  );
  const results = await moveStock(
    tx,
    context,
    wanted.map(({ draft }) => draft),
  );
  const moved = new Map<string, Moved[]>();
  for (const [at, { place, index }] of wanted.entries()) {
    const result = results[at];
    const key = `${place} ${index}`;
    if (result?.ok === true) moved.set(key, [...(moved.get(key) ?? []), result.value]);
    else if (result !== undefined && result.problem.code !== 'inventory.group-refused') {
      const message = `${result.problem.message} (${result.problem.code})`;
      const field =
        result.problem.field === 'serials' ? `lines.${index}.serials` : `lines.${index}`;
      late.set(place, refuse('sales.stock-refused', message, field));
    }
  }
  return (place, index) => moved.get(`${place} ${index}`) ?? [];
}

/** What leaves uses up its reservation; what comes back is worth what it cost when it left. */
function movementOf(
  line: DecidedDeliveryLine,
  of: {
    readonly id: string;
    readonly index: number;
    readonly delivery: DecidedDelivery;
    readonly open: ReadonlySet<string>;
  },
): readonly MovementDraft[] {
  if (!line.isStock) return [];
  const { draft, line: ordered, baseQuantity } = line;
  const isReturn = of.delivery.kind === 'return';
  const { reservation } = ordered;
  return [
    {
      kind: isReturn ? 'return' : 'issue',
      item: ordered.item ?? '',
      warehouse: ordered.warehouse ?? '',
      location: draft.location,
      batch: draft.batch,
      serials: draft.serials,
      reason: draft.reason,
      quantity: negateDecimal(baseQuantity),
      postedOn: of.delivery.draft.postedOn,
      source: { area: 'sales', kind: 'delivery', id: of.id, line: String(of.index + 1) },
      group: of.id,
      ...(isReturn ? { value: line.returnedCost } : {}),
      ...(!isReturn && reservation !== null && of.open.has(reservation) ? { reservation } : {}),
    },
  ];
}
