import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { partKey } from './movement.ts';
import type { StockDraft } from './movement.ts';
import type { PiecePlace } from './piece.ts';
import type { Booked } from './stock-state.ts';

/** A serial number of an item. */
export type PieceName = { readonly item: string; readonly serial: string };

/** Whose pieces drafts name, of those that are booked already also. Mostly none. */
export const piecesOf = (
  drafts: readonly StockDraft[],
  booked: ReadonlyMap<string, Booked>,
): readonly PieceName[] => [
  ...drafts.flatMap((draft) => {
    if ('movement' in draft || draft.serials === undefined) return [];
    const item = 'from' in draft ? draft.from.item : draft.item;
    return draft.serials.map((serial) => ({ item, serial }));
  }),
  ...[...booked.values()].flatMap(({ item, serials }) =>
    serials.map((serial) => ({ item, serial })),
  ),
];

/** Whoever moves pieces of an item is alone with them until the transaction ends: no two begin one. */
export async function lockPieces(tx: Handle, pieces: readonly PieceName[]): Promise<void> {
  const items = [...new Set(pieces.map(({ item }) => item))].toSorted();
  for (const item of items) {
    const lock = `erp_inventory.piece ${item}`;
    await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
  }
}

/** Where those of the pieces lie that are in stock. Read after `lockPieces`. */
export async function readPieces(
  tx: Handle,
  pieces: readonly PieceName[],
): Promise<Map<string, PiecePlace | undefined>> {
  if (pieces.length === 0) return new Map();
  const found = await rows<PiecePlace & PieceName>(
    tx,
    sql`select p.item, p.serial, p.warehouse, p.location, p.batch, p.status, p.owner, w.code
      from erp_inventory.piece p join erp_inventory.warehouse w on w.id = p.warehouse
      where p.is_in_stock and (p.item, p.serial) in (select k.item, k.serial
        from ${unnested('k', { item: 'text', serial: 'text' }, pieces)})`,
  );
  return new Map(found.map(({ serial, ...place }) => [partKey(place.item, serial), place]));
}
