import { accept, refuse } from '#erp/company';
import type { Refusal, Result } from '#erp/company';
import type { Item } from '#erp/items';
import {
  addDecimals,
  compareDecimals,
  decimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { InventoryProblemCode } from './errors.ts';
import { keyText, partKey, positionKey } from './movement.ts';
import type { Moved, MovementDraft, MovementKind, MovementRow, StockKey } from './movement.ts';
import { movePieces } from './piece.ts';
import { append, put } from './stock-state.ts';
import type { Position, StockState, WarehouseFacts } from './stock-state.ts';
import { issue, receive, takeBack, worthOf } from './valuation.ts';
import type { Valued } from './valuation.ts';

type Refused = Refusal<InventoryProblemCode>;
type Decided = Result<Moved, InventoryProblemCode>;

const ZERO = decimal('0');
/** Which way a kind moves; 0 is either. */
const SIGN: Readonly<Record<MovementKind, -1 | 0 | 1>> = {
  receipt: 1,
  issue: -1,
  adjustment: 0,
  scrap: -1,
  'consignment-in': 1,
  'consignment-out': -1,
  'production-receipt': 1,
  'production-issue': -1,
  return: 0,
};
/** Kinds that leave what others count on, and what has expired. Scrap and counts are facts. */
const USES: ReadonlySet<string> = new Set(['issue', 'production-issue', 'transfer']);

/** Decides one movement on the state, which it changes; refused, it may be half changed. */
export function decideMovement(state: StockState, draft: MovementDraft, id: string): Decided {
  const key: StockKey = {
    item: draft.item,
    warehouse: draft.warehouse,
    location: draft.location ?? '',
    batch: draft.batch ?? '',
    status: draft.status ?? (draft.owner === undefined ? 'free' : 'consignment'),
    owner: draft.owner ?? '',
  };
  const place = placeOf(state, key);
  if (!place.ok) return place;
  const { item, warehouse } = place.value;
  const problem =
    draftProblem(draft, key, item) ?? ownerProblem(state, draft, key) ?? serialProblem(item, draft);
  if (problem !== undefined) return problem;
  if (compareDecimals(draft.quantity, ZERO) > 0) {
    const refused = openBatch(state, key, draft);
    if (refused !== undefined) return refused;
  }
  const consumed = consume(state, draft, key);
  if (consumed !== undefined) return consumed;
  const valued = valueOf(state, draft, { key, item, warehouse, id });
  if (!valued.ok) return valued;
  const { value, variance } = valued.value;
  const row: MovementRow = {
    ...key,
    id,
    kind: draft.kind,
    quantity: draft.quantity,
    value,
    variance,
    serials: draft.serials ?? [],
    postedOn: draft.postedOn,
    reason: draft.reason,
    source: draft.source,
    reversalOf: undefined,
    pair: undefined,
  };
  const refused = move(state, row, {
    warehouse,
    uses: USES.has(draft.kind),
  });
  if (refused !== undefined) return refused;
  book(state, row, valued.value);
  return accept({ id, value, variance });
}

/** The item and the warehouse of a key, when stock may lie there. */
export function placeOf(
  state: StockState,
  key: StockKey,
): Result<{ readonly item: Item; readonly warehouse: WarehouseFacts }, InventoryProblemCode> {
  const item = state.items.get(key.item);
  const warehouse = state.warehouses.get(key.warehouse);
  if (item === undefined) return refuse('inventory.unknown-item', 'there is no such item', 'item');
  if (item.kind === 'service') {
    return refuse('inventory.not-stocked', `${item.number} is not kept in stock`, 'item');
  }
  if (warehouse?.active !== true || warehouse.legalEntity !== state.legalEntity) {
    return refuse('inventory.unknown-warehouse', 'there is no such warehouse', 'warehouse');
  }
  if (key.location !== '' && !state.locations.has(partKey(key.warehouse, key.location))) {
    return refuse('inventory.unknown-location', `there is no location ${key.location}`, 'location');
  }
  if (item.batchManaged !== (key.batch !== '')) {
    const message = item.batchManaged
      ? `${item.number} is kept in batches`
      : `${item.number} has no batches`;
    return refuse('inventory.batch-missing', message, 'batch');
  }
  if ((key.status === 'consignment') !== (key.owner !== '')) {
    return refuse('inventory.owner-missing', 'consignment stock has an owner', 'owner');
  }
  return accept({ item, warehouse });
}

/** Consignment comes from, and is taken over of, a supplier that there is; from one who is blocked none comes. */
function ownerProblem(
  state: StockState,
  draft: MovementDraft,
  { owner }: StockKey,
): Refused | undefined {
  const comes = compareDecimals(draft.quantity, ZERO) > 0;
  if (owner === '' || !(comes || draft.kind === 'consignment-out')) return undefined;
  const supplier = state.owners.get(owner);
  if (supplier === undefined) {
    return refuse('inventory.unknown-owner', `there is no supplier ${owner}`, 'owner');
  }
  if (comes && (supplier.status !== 'active' || supplier.blocks.includes('purchasing'))) {
    const why = supplier.blockReason === undefined ? '' : `: ${supplier.blockReason}`;
    const message = `${supplier.name} leaves nothing here${why}`;
    return refuse('inventory.supplier-blocked', message, 'owner');
  }
  return undefined;
}

/** A serial number for each piece, none twice, where the item has them. */
export function serialProblem(
  item: Item,
  draft: Pick<MovementDraft, 'quantity' | 'serials' | 'unnumbered'>,
): Refused | undefined {
  const { serials = [] } = draft;
  const hasNone = !item.serialManaged || draft.unnumbered === true;
  if (hasNone && serials.length === 0) return undefined;
  const pieces = draft.quantity.replace('-', '');
  const whole = compareDecimals(decimal(pieces), decimal(String(serials.length))) === 0;
  if (item.serialManaged && whole && new Set(serials).size === serials.length) return undefined;
  const message = item.serialManaged
    ? `one serial number for each of ${pieces} pieces`
    : `${item.number} has no serial numbers`;
  return refuse('inventory.serials-missing', message, 'serials');
}

/** Moves the balance of a row, if enough is there for whom it is. */
export function move(
  state: StockState,
  row: MovementRow,
  how: {
    readonly warehouse: WarehouseFacts;
    readonly uses: boolean; // What others count on stays, and what has expired.
  },
): Refused | undefined {
  const text = keyText(row);
  const balance = state.balances.get(text) ?? { quantity: ZERO, held: ZERO, frozenBy: undefined };
  if (balance.frozenBy !== undefined && balance.frozenBy !== state.by) {
    return refuse('inventory.frozen-for-count', 'the place is being counted', 'location');
  }
  const refused = row.serials.length === 0 ? undefined : movePieces(state, row);
  if (refused !== undefined) return refused;
  const quantity = addDecimals(balance.quantity, row.quantity);
  const out = compareDecimals(row.quantity, ZERO) < 0;
  const problem = out ? outProblem(state, row, { ...how, balance, quantity }) : undefined;
  if (problem !== undefined) return problem;
  put(state, state.balances, text, { ...balance, quantity });
  if (row.status === 'free') {
    const key = positionKey(row);
    const position = positionOf(state, key);
    put(state, state.positions, key, {
      ...position,
      free: addDecimals(position.free, row.quantity),
    });
  }
  return undefined;
}

function outProblem(
  state: StockState,
  row: MovementRow,
  how: {
    readonly warehouse: WarehouseFacts;
    readonly uses: boolean;
    readonly balance: { readonly quantity: Decimal; readonly held: Decimal };
    readonly quantity: Decimal;
  },
): Refused | undefined {
  const { balance, quantity, warehouse } = how;
  const mayOwe = warehouse.negativeAllowed && row.status === 'free';
  if (compareDecimals(quantity, ZERO) < 0 && !mayOwe) {
    const message = `${balance.quantity} are there, ${negateDecimal(row.quantity)} are wanted`;
    return refuse('inventory.not-enough-stock', message, 'quantity');
  }
  if (compareDecimals(balance.held, ZERO) > 0 && compareDecimals(quantity, balance.held) < 0) {
    return refuse('inventory.reserved', `${balance.held} are picked for others`, 'quantity');
  }
  if (!how.uses || row.status !== 'free') return undefined;
  const batch = row.batch === '' ? undefined : state.batches.get(partKey(row.item, row.batch));
  if (row.kind !== 'transfer' && hasExpired(batch?.expiresOn, row.postedOn)) {
    return refuse('inventory.batch-expired', `batch ${row.batch} has expired`, 'batch');
  }
  const { free, reserved } = positionOf(state, positionKey(row));
  const left = addDecimals(free, row.quantity);
  if (!mayOwe && compareDecimals(left, reserved) < 0) {
    const message = `${subtractDecimals(free, reserved)} are not reserved for others`;
    return refuse('inventory.reserved', message, 'quantity');
  }
  return undefined;
}

/** Writes the row, and the pool that its valuation left. */
export function book(state: StockState, row: MovementRow, valued: Valued): void {
  const key = positionKey(row);
  const { free, reserved, picked } = positionOf(state, key);
  put(state, state.positions, key, { ...valued.pool, free, reserved, picked });
  const layer = valued.pool.layers.find((each) => each.id === row.id);
  append(state, row, { uses: valued.uses, layer });
}

/** The position of a key: facts are loaded for every key that a draft names. */
export function positionOf(state: StockState, key: string): Position {
  const position = state.positions.get(key);
  if (position === undefined) throw new Error('assertion failed: the position was loaded');
  return position;
}

/** Whether a batch is past its last day. */
export const hasExpired = (expiresOn: LocalDate | undefined, on: LocalDate): boolean =>
  expiresOn !== undefined && expiresOn < on;

function draftProblem(draft: MovementDraft, key: StockKey, item: Item): Refused | undefined {
  const { kind, quantity, unitCost, value } = draft;
  const way = compareDecimals(quantity, ZERO);
  if (way === 0 || (SIGN[kind] !== 0 && SIGN[kind] !== way)) {
    const wanted = SIGN[kind] > 0 ? 'comes in' : 'goes out';
    const message = SIGN[kind] === 0 ? 'nothing is moved' : `a ${kind} ${wanted}`;
    return refuse('inventory.invalid', message, 'quantity');
  }
  const costs = [unitCost, value].filter((cost) => cost !== undefined);
  if (costs.length > 1 || costs.some((cost) => compareDecimals(cost, ZERO) < 0)) {
    return refuse('inventory.invalid', 'one cost at most, and none below zero', 'unitCost');
  }
  const foreign = key.status === 'consignment';
  if (kind.startsWith('consignment') !== foreign && !['adjustment', 'scrap'].includes(kind)) {
    return refuse('inventory.owner-missing', `a ${kind} is not of such stock`, 'status');
  }
  if (foreign && costs.length > 0) {
    return refuse('inventory.invalid', 'what is not ours has no cost', 'unitCost');
  }
  const mustCost = kind === 'receipt' || kind === 'production-receipt';
  return mustCost && costs.length === 0 && item.costing !== 'standard'
    ? refuse('inventory.cost-missing', 'what comes in has a cost', 'unitCost')
    : undefined;
}

/** The batch of what comes in: known, or begun now with its last day. */
function openBatch(state: StockState, key: StockKey, draft: MovementDraft): Refused | undefined {
  if (key.batch === '') return undefined;
  const text = partKey(key.item, key.batch);
  if (state.batches.has(text)) return undefined;
  const days = state.items.get(key.item)?.shelfLifeDays;
  const ends = days === undefined ? undefined : addDays(draft.postedOn, days);
  put(state, state.batches, text, {
    item: key.item,
    code: key.batch,
    expiresOn: draft.expiresOn ?? ends,
    receivedOn: draft.postedOn,
    isNew: true,
  });
  return undefined;
}

/** Fulfils the reservation that an issue names: nobody else's is in the way then. */
function consume(state: StockState, draft: MovementDraft, key: StockKey): Refused | undefined {
  if (draft.reservation === undefined) return undefined;
  const reservation = state.reservations.get(draft.reservation);
  const wanted = negateDecimal(draft.quantity);
  const fits =
    reservation !== undefined &&
    reservation.item === key.item &&
    reservation.warehouse === key.warehouse &&
    key.status === 'free' &&
    compareDecimals(wanted, ZERO) > 0 &&
    (!reservation.hard ||
      (reservation.location === key.location && reservation.batch === key.batch));
  if (!fits) {
    return refuse('inventory.unknown-reservation', 'no such reservation of this', 'reservation');
  }
  const part = compareDecimals(wanted, reservation.open) < 0 ? wanted : reservation.open;
  put(state, state.reservations, reservation.id, {
    ...reservation,
    open: subtractDecimals(reservation.open, part),
  });
  const position = positionOf(state, positionKey(key));
  put(state, state.positions, positionKey(key), {
    ...position,
    reserved: subtractDecimals(position.reserved, part),
    picked: reservation.hard ? subtractDecimals(position.picked, part) : position.picked,
  });
  const text = keyText(key);
  const balance = state.balances.get(text);
  if (reservation.hard && balance !== undefined) {
    put(state, state.balances, text, { ...balance, held: subtractDecimals(balance.held, part) });
  }
  return undefined;
}

function valueOf(
  state: StockState,
  draft: MovementDraft,
  at: {
    readonly key: StockKey;
    readonly item: Item;
    readonly warehouse: WarehouseFacts;
    readonly id: string;
  },
): Result<Valued, InventoryProblemCode> {
  const pool = positionOf(state, positionKey(at.key));
  const nothing: Valued = { pool, value: ZERO, variance: ZERO, uses: [] };
  if (at.key.status === 'consignment') return accept(nothing);
  const { scale } = at.warehouse;
  const out = compareDecimals(draft.quantity, ZERO) < 0;
  const quantity = out ? negateDecimal(draft.quantity) : draft.quantity;
  const given = costOf(draft, quantity, scale);
  if (out) {
    return accept(
      given === undefined
        ? issue(pool, quantity, scale)
        : takeBack(pool, quantity, given, { layer: undefined, scale }),
    );
  }
  const worth = given ?? worthOf(pool, quantity, scale);
  if (pool.costing !== 'standard')
    return accept(receive(pool, quantity, worth, { id: at.id, scale }));
  const standard = multiplyDecimals(at.item.standardCost ?? pool.lastCost, quantity);
  const valued = receive(pool, quantity, roundDecimal(standard, scale), { id: at.id, scale });
  const paid = given ?? roundDecimal(standard, scale);
  return accept({ ...valued, variance: subtractDecimals(paid, valued.value) });
}

function costOf(draft: MovementDraft, quantity: Decimal, scale: number): Decimal | undefined {
  if (draft.value !== undefined) return roundDecimal(draft.value, scale);
  return draft.unitCost === undefined
    ? undefined
    : roundDecimal(multiplyDecimals(draft.unitCost, quantity), scale);
}
