import type { Item } from '#erp/items';
import type { Party } from '#erp/parties';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { MovementRow } from './movement.ts';
import type { PiecePlace } from './piece.ts';
import type { Layer, Pool } from './valuation.ts';

/** All stock of one item in one warehouse, as it stands while drafts are decided. */
export type Position = Pool & {
  readonly free: Decimal;
  readonly reserved: Decimal;
  readonly picked: Decimal; // Of what is reserved.
};

export type Balance = {
  readonly quantity: Decimal;
  readonly held: Decimal;
  readonly frozenBy: string | undefined;
};

export type Batch = {
  readonly item: string;
  readonly code: string;
  readonly expiresOn: LocalDate | undefined;
  readonly receivedOn: LocalDate;
  readonly isNew: boolean;
};

export type Reservation = {
  readonly id: string;
  readonly item: string;
  readonly warehouse: string;
  readonly hard: boolean;
  readonly location: string;
  readonly batch: string;
  readonly open: Decimal;
};

export type WarehouseFacts = {
  readonly id: string;
  readonly code: string;
  readonly legalEntity: string;
  readonly scale: number; // Of its currency.
  readonly negativeAllowed: boolean;
  readonly active: boolean;
};

/** A movement that was booked before, with what it took of which layer. */
export type Booked = MovementRow & {
  readonly reversed: boolean;
  readonly uses: readonly Layer[];
};

/** Everything a decision needs to know, and what the decisions before it have changed. */
export type StockState = {
  readonly legalEntity: string;
  readonly by: string; // The count that may move what it froze; '' is none.
  readonly items: ReadonlyMap<string, Item>;
  readonly warehouses: ReadonlyMap<string, WarehouseFacts>;
  readonly locations: ReadonlySet<string>;
  readonly owners: ReadonlyMap<string, Party>; // The suppliers that are named as such.
  readonly positions: Map<string, Position>;
  readonly balances: Map<string, Balance>;
  readonly batches: Map<string, Batch>;
  readonly reservations: Map<string, Reservation>;
  readonly pieces: Map<string, PiecePlace | undefined>; // By item and serial number, if in stock.
  readonly booked: Map<string, Booked>;
  readonly layerOrder: Map<string, number>;
  readonly rows: MovementRow[];
  readonly uses: { readonly movement: string; readonly use: Layer }[];
  readonly layers: { readonly row: MovementRow; readonly layer: Layer }[]; // Begun by decided rows.
  readonly undo: (() => void)[]; // Of the group being decided.
};

/** Changes the state so that it can be taken back when the group is refused. */
export function put<V>(state: StockState, map: Map<string, V>, key: string, value: V): void {
  const before = map.get(key);
  const had = map.has(key);
  state.undo.push(() => {
    if (had && before !== undefined) map.set(key, before);
    else map.delete(key);
  });
  map.set(key, value);
}

/** Adds a decided movement, what it took of layers, and the layer that it begins. */
export function append(
  state: StockState,
  row: MovementRow,
  more: { readonly uses: readonly Layer[]; readonly layer: Layer | undefined },
): void {
  const { uses, layer } = more;
  state.rows.push(row);
  for (const use of uses) state.uses.push({ movement: row.id, use });
  if (layer !== undefined) state.layers.push({ row, layer });
  state.undo.push(() => {
    state.rows.pop();
    state.uses.length -= uses.length;
    if (layer !== undefined) state.layers.pop();
  });
}

/** Takes back what the group being decided has changed. */
export function undoGroup(state: StockState): void {
  for (let step = state.undo.pop(); step !== undefined; step = state.undo.pop()) step();
}
