import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { groupsOf } from './create-items.ts';
import type { ItemsProblemCode } from './errors.ts';
import { ITEM_COLUMNS, ITEM_SELECT, itemOf, itemProblem, itemRowOf } from './item.ts';
import type { Item, ItemFields, ItemRow } from './item.ts';
import { forgetItem } from './list-items.ts';

/** What is to be otherwise, if the item is still at `version`. A field set to undefined is emptied. */
export type ItemChange = {
  readonly id: string;
  readonly version: number;
  readonly set: Partial<Omit<ItemFields, 'baseUnit'>>; // Quantities everywhere are in the base unit.
};

/** Changes items; each change is kept with who made it. An item is changed once a call. */
export async function updateItems(
  tx: Handle,
  context: ErpContext,
  changes: readonly ItemChange[],
): Promise<readonly Result<{ id: string; version: number }, ItemsProblemCode>[]> {
  const groups = await groupsOf(
    tx,
    changes.map(({ set }) => set),
  );
  const found = await rows<ItemRow>(
    tx,
    sql`select ${ITEM_SELECT} from erp_items.item i
      where i.id = any(${changes.map(({ id }) => id)}) order by i.id for update`,
  );
  const items = new Map(found.map((row) => [row.id, itemOf(row)]));
  const changed = new Map<string, Item>();
  const decided = changes.map(({ id, version, set }) => {
    const item = items.get(id);
    if (item === undefined) return refuse('items.unknown-item' as const, 'no such item', 'id');
    if (item.version !== version || changed.has(id)) {
      const message = `item ${item.number} is at version ${item.version}, or changed twice`;
      return refuse('items.version-conflict' as const, message, 'version');
    }
    const next: Item = { ...item, ...set, version: version + 1 };
    if (item.itemGroup !== undefined) groups.add(item.itemGroup);
    const problem = itemProblem(next, groups);
    if (problem !== undefined) return problem;
    changed.set(id, next);
    return accept({ id, version: next.version });
  });
  if (changed.size > 0) await write(tx, context, [...changed.values()]);
  return decided;
}

async function write(tx: Handle, context: ErpContext, items: readonly Item[]): Promise<void> {
  const { legal_entity: _entity, number: _number, ...columns } = ITEM_COLUMNS;
  const { id: _id, ...settable } = columns;
  const assignments = Object.keys(settable).map(
    (name) => sql`${sql.id(name)} = draft.${sql.id(name)}`,
  );
  await rows(
    tx,
    sql`update erp_items.item i set ${sql.join(assignments)}, version = i.version + 1,
        changed_by = ${context.by}, changed_at = ${context.clock()}
      from ${unnested('draft', columns, items.map(itemRowOf))} where i.id = draft.id`,
  );
  for (const { id } of items) forgetItem(tx, id);
}
