import { rows, sql } from '#database';
import type { Handle } from '#database';
import { ITEM_SELECT, itemOf } from './item.ts';
import type { Item, ItemRow } from './item.ts';

/** Items of a legal entity by the numbers they bear; those that are not there are left out. */
export async function itemsByNumber(
  handle: Handle,
  legalEntity: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const found = await rows<ItemRow>(
    handle,
    sql`select ${ITEM_SELECT} from erp_items.item i
      where i.legal_entity = ${legalEntity} and i.number = any(${[...new Set(numbers)]})`,
  );
  return new Map(found.map(itemOf).map((item) => [item.number, item]));
}
