import { rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import type { ItemsProblemCode } from './errors.ts';
import { itemFacts } from './list-items.ts';
import { keepPriceChanges } from './price-changes.ts';

type Standing = {
  readonly id: string;
  readonly list: string;
  readonly item: string;
  readonly text: string; // What it says, for the history of its list.
};

/**
 * Withdraws prices that should never have stood: from now on nothing is priced by them, and others may
 * begin on their days. What was agreed by them stays agreed. One that does not stand is refused.
 */
export async function withdrawPrices(
  tx: Handle,
  context: ErpContext,
  ids: readonly string[],
): Promise<readonly Result<{ readonly id: string }, ItemsProblemCode>[]> {
  // Lists first, as whoever adds to them: two who change one list do not wait in a ring.
  const lists = await rows<{ id: string; version: number }>(
    tx,
    sql`select id, version from erp_items.price_list
      where id in (select price_list from erp_items.price where id = any(${[...ids]}))
        and legal_entity = ${context.legalEntity}
      order by id for update`,
  );
  const withdrawn = await rows<Standing>(
    tx,
    sql`update erp_items.price p set withdrawn_by = ${context.by}, withdrawn_at = ${context.clock()}
      where p.id = any(${[...ids]}) and p.withdrawn_at is null
        and p.price_list = any(${lists.map(({ id }) => id)})
      returning p.id, p.price_list as list, p.item, concat_ws(' ', p.price::text,
        case when p.min_quantity > 0 then '≥ ' || p.min_quantity::text end, p.valid_from::text) as text`,
  );
  await keepWithdrawn(tx, context, lists, withdrawn);
  const done = new Set(withdrawn.map(({ id }) => id));
  return ids.map((id) =>
    done.delete(id) ? accept({ id }) : refuse('items.unknown-price', `no price ${id} stands`, 'id'),
  );
}

async function keepWithdrawn(
  tx: Handle,
  context: ErpContext,
  lists: readonly { readonly id: string; readonly version: number }[],
  withdrawn: readonly Standing[],
): Promise<void> {
  const items = await itemFacts(
    tx,
    withdrawn.map(({ item }) => item),
  );
  const byList = Map.groupBy(withdrawn, ({ list }) => list);
  const touched = lists.filter(({ id }) => byList.has(id));
  await rows(
    tx,
    sql`update erp_items.price_list set version = version + 1
      where id = any(${touched.map(({ id }) => id)})`,
  );
  const made = touched.map(({ id, version }) => {
    const own = Map.groupBy(byList.get(id) ?? [], ({ item }) => item);
    const changes = [...own].map(([item, prices]): [string, readonly [string, null]] => [
      `prices[${items.get(item)?.number ?? item}]`,
      [prices.map(({ text }) => text).join(', '), null],
    ]);
    const changed = Object.fromEntries(changes);
    return { kind: 'price-list' as const, id, version: version + 1, changes: changed };
  });
  await keepPriceChanges(tx, context, made);
}
