import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import type { Item } from '#erp/items';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { positionKey } from './movement.ts';
import type { Position } from './stock-state.ts';
import type { Pool } from './valuation.ts';

type PositionRow = {
  readonly item: string;
  readonly warehouse: string;
  readonly costing: Pool['costing'];
  readonly quantity: Decimal;
  readonly value: Decimal;
  readonly free: Decimal;
  readonly reserved: Decimal;
  readonly picked: Decimal;
  readonly last_cost: Decimal;
};

const COLUMNS = { item: 'text', warehouse: 'text', costing: 'text' } as const;
const READ = sql`p.item, p.warehouse, p.costing, p.quantity, p.value, p.free, p.reserved,
  p.picked, p.last_cost`;

/**
 * Locks the positions of these keys until the transaction ends, all by one statement in the order
 * of their keys, so that two who want the same wait for each other and never both. A position that
 * is new begins empty. An empty one is valued as its item says now.
 */
export async function lockPositions(
  tx: Handle,
  keys: readonly { readonly item: string; readonly warehouse: string }[],
  items: ReadonlyMap<string, Item>,
): Promise<Map<string, Position>> {
  const unique = [...new Map(keys.map((key) => [positionKey(key), key])).values()];
  if (unique.length === 0) return new Map();
  const wanted = unique.map(({ item, warehouse }) => ({
    item,
    warehouse,
    costing: items.get(item)?.costing ?? 'moving-average',
  }));
  const relation = unnested('k', COLUMNS, wanted);
  const known = await rows<PositionRow>(
    tx, // All of them, or none: one that is new must be waited for in its place.
    sql`select ${READ} from erp_inventory.position p
      where (p.item, p.warehouse) in (select k.item, k.warehouse from ${relation})
        and ${wanted.length} = (select count(*)
          from ${relation} join erp_inventory.position using (item, warehouse))
      order by p.item, p.warehouse for update`,
  );
  const found =
    known.length > 0
      ? known
      : await rows<PositionRow>(
          tx,
          sql`insert into erp_inventory.position as p (item, warehouse, costing)
            select k.item, k.warehouse, k.costing from ${relation}
              join erp_inventory.warehouse w on w.id = k.warehouse
            order by k.item, k.warehouse
            on conflict (item, warehouse) do update set costing = p.costing
            returning ${READ}`,
        );
  return new Map(
    found.map((row) => {
      const empty = compareDecimals(row.quantity, decimal('0')) === 0;
      const costing = empty ? (items.get(row.item)?.costing ?? row.costing) : row.costing;
      const { quantity, value, free, reserved, picked, last_cost: lastCost } = row;
      const promised = { free, reserved, picked };
      return [positionKey(row), { costing, quantity, value, ...promised, lastCost, layers: [] }];
    }),
  );
}
