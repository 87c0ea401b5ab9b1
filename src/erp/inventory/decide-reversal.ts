import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import {
  addDecimals,
  compareDecimals,
  decimal,
  negateDecimal,
  roundDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { book, move, placeOf, positionOf } from './decide-movement.ts';
import type { InventoryProblemCode } from './errors.ts';
import { positionKey } from './movement.ts';
import type { CorrectionDraft, Moved, MovementRow, ReversalDraft } from './movement.ts';
import { put } from './stock-state.ts';
import type { Booked, StockState } from './stock-state.ts';
import { correctCost, putBack, takeBack } from './valuation.ts';
import type { Valued } from './valuation.ts';

const ZERO = decimal('0');

/** Decides the taking back of a movement, with its other leg when it has one. */
export function decideReversal(
  state: StockState,
  draft: ReversalDraft,
  newId: () => string,
): Result<Moved, InventoryProblemCode> {
  const one = state.booked.get(draft.movement);
  if (one === undefined) {
    return refuse('inventory.unknown-movement', 'there is no such movement', 'movement');
  }
  // Only a pair is looked for: a document may have thousands of movements.
  const legs = (one.pair === undefined ? [one] : [...state.booked.values()])
    .filter(({ id, pair }) => id === one.id || (pair !== undefined && pair === one.pair))
    // What came in goes out first: else there is nothing to put back.
    .toSorted((a, b) => compareDecimals(b.quantity, a.quantity));
  if (legs.some(({ reversed, reversalOf }) => reversed || reversalOf !== undefined)) {
    return refuse('inventory.already-reversed', 'it has been taken back', 'movement');
  }
  if (one.kind === 'revaluation') {
    return refuse('inventory.invalid', 'correct the cost the other way instead', 'movement');
  }
  const pair = legs.length > 1 ? newId() : undefined;
  const within = new Set(legs.map(positionKey)).size < legs.length;
  let done: Moved = { id: '', value: ZERO, variance: ZERO };
  for (const leg of legs) {
    const back = reverseLeg(state, draft, { leg, id: newId(), pair, within });
    if (!back.ok) return back;
    done = {
      id: back.value.id,
      value: addDecimals(done.value, back.value.value),
      variance: addDecimals(done.variance, back.value.variance),
    };
  }
  return accept(done);
}

function reverseLeg(
  state: StockState,
  draft: ReversalDraft,
  how: {
    readonly leg: Booked;
    readonly id: string;
    readonly pair: string | undefined;
    readonly within: boolean;
  },
): Result<Moved, InventoryProblemCode> {
  const { leg, id, pair } = how;
  const place = placeOf(state, leg);
  if (!place.ok) return place;
  const { item, warehouse } = place.value;
  if (item.serialManaged && leg.serials.length === 0 && compareDecimals(leg.quantity, ZERO) > 0) {
    const message = 'it came before its pieces had serial numbers: adjust, and name them';
    return refuse('inventory.serials-missing', message, 'movement');
  }
  const pool = positionOf(state, positionKey(leg));
  const valued: Valued =
    how.within || leg.status === 'consignment'
      ? { pool, value: ZERO, variance: ZERO, uses: [] }
      : reversedValue(state, leg, { id, scale: warehouse.scale });
  const { value, variance } = valued;
  const row: MovementRow = {
    ...leg,
    id,
    quantity: negateDecimal(leg.quantity),
    serials: item.serialManaged ? leg.serials : [],
    value,
    variance,
    postedOn: draft.postedOn,
    reason: draft.reason,
    source: draft.source ?? leg.source,
    reversalOf: leg.id,
    pair,
  };
  const refused = move(state, row, { warehouse, uses: false });
  if (refused !== undefined) return refused;
  book(state, row, valued);
  put(state, state.booked, leg.id, { ...leg, reversed: true });
  return accept({ id, value, variance });
}

/** A movement's worth and its variance leave as they came; what stock cannot give is variance. */
function reversedValue(
  state: StockState,
  leg: Booked,
  at: { readonly id: string; readonly scale: number },
): Valued {
  const pool = positionOf(state, positionKey(leg));
  const { scale } = at;
  const valued =
    compareDecimals(leg.quantity, ZERO) > 0
      ? takeBack(pool, leg.quantity, leg.value, { layer: leg.id, scale })
      : putBack(pool, negateDecimal(leg.quantity), negateDecimal(leg.value), {
          id: at.id,
          uses: leg.uses,
          order: state.layerOrder,
          scale,
        });
  return { ...valued, variance: addDecimals(valued.variance, negateDecimal(leg.variance)) };
}

/** Decides what of a cost that turned out otherwise stock still bears. */
export function decideCorrection(
  state: StockState,
  draft: CorrectionDraft,
  id: string,
): Result<Moved, InventoryProblemCode> {
  const receipt = state.booked.get(draft.movement);
  const ours = receipt !== undefined && receipt.status !== 'consignment';
  if (!ours || compareDecimals(receipt.quantity, ZERO) <= 0 || receipt.reversed) {
    return refuse('inventory.unknown-movement', 'there is no such receipt', 'movement');
  }
  const place = placeOf(state, receipt);
  if (!place.ok) return place;
  const { scale } = place.value.warehouse;
  const amount: Decimal = roundDecimal(draft.amount, scale);
  if (compareDecimals(amount, ZERO) === 0) {
    return refuse('inventory.invalid', 'nothing is corrected', 'amount');
  }
  const valued = correctCost(positionOf(state, positionKey(receipt)), amount, {
    received: receipt.quantity,
    layer: receipt.id,
    scale,
  });
  const { value, variance } = valued;
  const row: MovementRow = {
    ...receipt,
    id,
    kind: 'revaluation',
    quantity: ZERO,
    value,
    variance,
    serials: [],
    postedOn: draft.postedOn,
    reason: draft.reason,
    source: draft.source,
    reversalOf: undefined,
    pair: undefined,
  };
  book(state, row, valued);
  return accept({ id, value, variance });
}
