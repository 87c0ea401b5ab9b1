import { refuse } from '#erp/company';
import type { Refusal } from '#erp/company';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { InventoryProblemCode } from './errors.ts';
import { keyText, partKey } from './movement.ts';
import type { MovementRow, StockKey } from './movement.ts';
import { put } from './stock-state.ts';
import type { StockState } from './stock-state.ts';

/** Where a piece with a serial number lies. */
export type PiecePlace = StockKey & { readonly code: string }; // The warehouse's code.

const ZERO = decimal('0');

/** Takes the pieces of a row from where they are, or puts them there; none is at two places. */
export function movePieces(
  state: StockState,
  row: MovementRow,
): Refusal<InventoryProblemCode> | undefined {
  const comes = compareDecimals(row.quantity, ZERO) > 0;
  for (const serial of row.serials) {
    const key = partKey(row.item, serial);
    const lies = state.pieces.get(key);
    if (comes && lies !== undefined) {
      const message = `${serial} is in stock already: ${placeName(lies)}`;
      return refuse('inventory.serial-taken', message, 'serials');
    }
    if (!comes && (lies === undefined || keyText(lies) !== keyText(row))) {
      const message = lies === undefined ? 'is not in stock' : `lies elsewhere: ${placeName(lies)}`;
      return refuse('inventory.serial-not-there', `${serial} ${message}`, 'serials');
    }
    const code = state.warehouses.get(row.warehouse)?.code ?? '';
    put(state, state.pieces, key, comes ? { ...row, code } : undefined);
  }
  return undefined;
}

/** A place as people call it. */
export const placeName = ({ code, location, batch, status }: PiecePlace): string =>
  [code, location, batch, status === 'free' ? '' : status].filter((part) => part !== '').join(' ');
