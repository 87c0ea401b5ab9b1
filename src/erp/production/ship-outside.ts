import type { Handle } from '#database';
import { accept, bookTogether, refuse } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { transferStock } from '#erp/inventory';
import { addDecimals, compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { answersOf, bookNumbered, numberPostings, refusedBy } from './book-postings.ts';
import type { Late, Numbered } from './book-postings.ts';
import { operationFor, usedBy } from './decide-confirmation.ts';
import { askedIn } from './decide-issue.ts';
import type { AskedMaterial, MaterialDraft } from './decide-issue.ts';
import type { ProductionProblemCode } from './errors.ts';
import { allowedAt } from './order-progress.ts';
import type { DecidedPosting, Posted } from './posting.ts';
import { readFacts } from './production-facts.ts';
import type { ProductionFacts, ShelfPlace } from './production-facts.ts';
import { keepBasket, newBasket, takePlaces } from './take-stock.ts';
import type { Operation, WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** Pieces that go to the supplier of an outside operation, with what we provide for it. */
export type ShipmentDraft = {
  readonly order: string;
  readonly operation: number;
  readonly quantity: Decimal; // Of what the operation before passed on.
  readonly postedOn: LocalDate;
  readonly materials?: readonly MaterialDraft[]; // Else what so many pieces are planned to use.
};

/** What we provide stays ours: it moves to our stock at the supplier's. */
type Transfer = {
  readonly item: string;
  readonly warehouse: string;
  readonly toWarehouse: string;
  readonly serials?: readonly string[];
} & Omit<ShelfPlace, 'serials'>;

type Decided = { readonly posting: DecidedPosting; readonly transfers: readonly Transfer[] };

const ZERO = decimal('0');

/**
 * Ships pieces to suppliers. What we provide for the operation moves to our stock there, and is used
 * up when the pieces come back.
 */
export const shipOutside = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly ShipmentDraft[],
): Promise<readonly Result<Posted, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookShipments(tx, context, asked));

async function bookShipments(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ShipmentDraft[],
): Promise<Booked<Posted, Code>> {
  const facts = await readFacts(tx, context, {
    orders: drafts.map(({ order }) => order),
    days: drafts.map(({ postedOn }) => postedOn),
  });
  const decided = drafts.map((draft) => decideShipment(facts, draft));
  const postings = decided.map((each) => (each.ok ? accept(each.value.posting) : each));
  const late: Late = new Map();
  const numbered = await numberPostings(tx, context, postings);
  const transfers = new Map(
    decided.flatMap((each, place) => (each.ok ? [[place, each.value.transfers] as const] : [])),
  );
  const moved = await transferAll(tx, context, { numbered, transfers, late });
  const posted = await bookNumbered(tx, context, moved, late);
  return { results: answersOf(postings, posted), late };
}

async function transferAll(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly numbered: readonly Numbered[];
    readonly transfers: ReadonlyMap<number, readonly Transfer[]>;
    readonly late: Late;
  },
): Promise<readonly Numbered[]> {
  const asked = of.numbered.flatMap((each) => {
    const lines = of.transfers.get(each.place) ?? [];
    return lines.length === 0 ? [] : [{ each, lines }];
  });
  const results = await transferStock(
    tx,
    context,
    asked.map(({ each, lines }) => ({
      postedOn: each.posting.postedOn,
      text: `${each.posting.order.number} ${each.number}`,
      lines,
    })),
  );
  const documents = new Map<string, string>();
  for (const [at, { each }] of asked.entries()) {
    const result = results[at];
    if (result?.ok === true) documents.set(each.id, result.value.id);
    else if (result !== undefined) {
      of.late.set(each.place, refusedBy('production.stock-refused', result));
    }
  }
  return of.numbered.map((each) => {
    const stockDocument = documents.get(each.id);
    return stockDocument === undefined
      ? each
      : { ...each, posting: { ...each.posting, stockDocument } };
  });
}

function decideShipment(facts: ProductionFacts, draft: ShipmentDraft): Result<Decided, Code> {
  const found = operationFor(facts, draft, 'outside');
  if (!found.ok) return found;
  const { order, operation } = found.value;
  if (compareDecimals(draft.quantity, ZERO) <= 0) {
    return refuse('production.bad-quantity', 'a quantity is above zero', 'quantity');
  }
  const shipped = addDecimals(operation.shipped, draft.quantity);
  const { passed } = allowedAt(order, operation);
  if (compareDecimals(shipped, passed) > 0) {
    const message = `${passed} may be shipped for ${operation.number}, not ${shipped}`;
    return refuse('production.more-than-passed-on', message, 'quantity');
  }
  const materials =
    draft.materials === undefined
      ? plannedFor(order, operation, shipped)
      : askedIn(draft.materials, 'materials');
  const transfers = takeAll(facts, { order, operation, materials });
  if (!transfers.ok) return transfers;
  const operations = order.operations.map(
    (each): Operation => (each.number === operation.number ? { ...each, shipped } : each),
  );
  facts.orders.set(order.id, { ...order, operations });
  const posting: DecidedPosting = {
    kind: 'shipment',
    order,
    postedOn: draft.postedOn,
    reason: null,
    shipment: { operation: operation.number, quantity: draft.quantity },
    stock: [],
    costs: [],
  };
  return accept({ posting, transfers: transfers.value });
}

/** What the pieces that are shipped now are planned to use at the supplier's. */
const plannedFor = (
  { components, quantity }: WorkOrder,
  operation: Operation,
  shipped: Decimal,
): readonly AskedMaterial[] =>
  components
    .filter((each) => each.operation === operation.number)
    .map(({ number, required }) => ({
      field: `components.${number}`,
      component: number,
      quantity: subtractDecimals(
        usedBy(required, shipped, quantity),
        usedBy(required, operation.shipped, quantity),
      ),
    }))
    .filter((each) => compareDecimals(each.quantity, ZERO) > 0);

function takeAll(
  facts: ProductionFacts,
  of: {
    readonly order: WorkOrder;
    readonly operation: Operation;
    readonly materials: readonly AskedMaterial[];
  },
): Result<readonly Transfer[], Code> {
  const { order, operation, materials } = of;
  const { supplierWarehouse } = operation;
  const basket = newBasket(facts);
  const transfers: Transfer[] = [];
  for (const draft of materials) {
    const component = order.components.find(
      (each) => each.number === draft.component && each.operation === operation.number,
    );
    if (component === undefined) {
      const message = `operation ${operation.number} has no component ${draft.component}`;
      return refuse('production.no-such-component', message, draft.field);
    }
    if (supplierWarehouse === null || compareDecimals(draft.quantity, ZERO) <= 0) {
      const message = 'something goes to a warehouse of ours at the supplier';
      return refuse('production.bad-order', message, draft.field);
    }
    const places = takePlaces(facts, basket, order.warehouse, { ...draft, component });
    if (!places.ok) return places;
    const { item } = component;
    for (const { location, batch, quantity, serials } of places.value) {
      const { warehouse } = order;
      const toWarehouse = supplierWarehouse;
      const place = { item, warehouse, toWarehouse, location, batch, quantity };
      transfers.push(serials === undefined ? place : { ...place, serials });
    }
  }
  keepBasket(basket);
  return accept(transfers);
}
