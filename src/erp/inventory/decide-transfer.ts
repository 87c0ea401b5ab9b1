import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { addDecimals, compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import { book, move, placeOf, positionOf, serialProblem } from './decide-movement.ts';
import type { InventoryProblemCode } from './errors.ts';
import { partKey, positionKey } from './movement.ts';
import type { Moved, MovementRow, StockKey, TransferDraft } from './movement.ts';
import type { StockState, WarehouseFacts } from './stock-state.ts';
import { issue, receive } from './valuation.ts';
import type { Valued } from './valuation.ts';

const ZERO = decimal('0');

/** Decides both legs of a transfer or change of status. Within a warehouse nothing is valued. */
export function decideTransfer(
  state: StockState,
  draft: TransferDraft,
  [outId, inId]: readonly [string, string],
): Result<Moved, InventoryProblemCode> {
  const { from, to, quantity } = draft;
  const there = placeOf(state, from);
  if (!there.ok) return there;
  const here = placeOf(state, to);
  if (!here.ok) return here;
  if (compareDecimals(quantity, ZERO) <= 0) {
    return refuse('inventory.invalid', 'nothing is moved', 'quantity');
  }
  const same = from.item === to.item && from.batch === to.batch;
  if (!same || (from.status === 'consignment') !== (to.status === 'consignment')) {
    return refuse('inventory.invalid', 'a transfer changes place or status, nothing else', 'to');
  }
  if (from.batch !== '' && !state.batches.has(partKey(from.item, from.batch))) {
    return refuse('inventory.unknown-batch', `there is no batch ${from.batch}`, 'batch');
  }
  const serials = serialProblem(there.value.item, draft);
  if (serials !== undefined) return serials;
  const rows: readonly [MovementRow, MovementRow] = [
    { ...legOf(draft, from), id: outId, quantity: negateDecimal(quantity), pair: outId },
    { ...legOf(draft, to), id: inId, quantity, pair: outId },
  ];
  return bookLegs(state, rows, {
    from: there.value.warehouse,
    to: here.value.warehouse,
    uses: draft.kind === 'transfer',
  });
}

/** Books two legs: what leaves one pool enters the other at the same worth. */
function bookLegs(
  state: StockState,
  [out, into]: readonly [MovementRow, MovementRow],
  how: { readonly from: WarehouseFacts; readonly to: WarehouseFacts; readonly uses: boolean },
): Result<Moved, InventoryProblemCode> {
  const within = positionKey(out) === positionKey(into);
  const leaving = positionOf(state, positionKey(out));
  const valuedOut: Valued =
    within || out.status === 'consignment'
      ? { pool: leaving, value: ZERO, variance: ZERO, uses: [] }
      : issue(leaving, negateDecimal(out.quantity), how.from.scale);
  // Changing place within the warehouse leaves as much to count on as before.
  const taking = { warehouse: how.from, uses: how.uses && !within };
  const refusedOut = move(state, out, taking);
  if (refusedOut !== undefined) return refusedOut;
  book(state, { ...out, value: valuedOut.value }, valuedOut);
  const refusedIn = move(state, into, { warehouse: how.to, uses: false });
  if (refusedIn !== undefined) return refusedIn;
  const entering = positionOf(state, positionKey(into));
  const given = negateDecimal(valuedOut.value);
  const valuedIn: Valued =
    within || into.status === 'consignment'
      ? { pool: entering, value: ZERO, variance: ZERO, uses: [] }
      : receive(entering, into.quantity, given, { id: into.id, scale: how.to.scale });
  const { value, variance } = valuedIn;
  book(state, { ...into, value, variance }, valuedIn);
  return accept({ id: into.id, value: addDecimals(valuedOut.value, value), variance });
}

const legOf = (
  draft: TransferDraft,
  key: StockKey,
): Omit<MovementRow, 'id' | 'quantity' | 'pair'> => ({
  ...key,
  kind: draft.kind,
  value: ZERO,
  variance: ZERO,
  serials: draft.serials ?? [],
  postedOn: draft.postedOn,
  reason: draft.reason,
  source: draft.source,
  reversalOf: undefined,
});
