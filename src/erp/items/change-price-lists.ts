import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import type { LocalDate } from '#kernel/time';
import type { ItemsProblemCode } from './errors.ts';
import { itemFacts } from './list-items.ts';
import { listPriceLists, pricesOn } from './price-lists.ts';
import { keepPriceChanges } from './price-changes.ts';

/** What is to be otherwise of a price list that is still at `version`; `validTo` undefined: no end. */
export type PriceListChange = {
  readonly id: string;
  readonly version: number;
  readonly set?: { readonly name?: string; readonly validTo?: LocalDate | undefined };
  readonly prices?: readonly { readonly id: string; readonly validTo: LocalDate | undefined }[];
};

/** Changes what a price list is called, until when it holds, and until when its prices do. */
export async function changePriceList(
  tx: Handle,
  context: ErpContext,
  { id, version, set = {}, prices = [] }: PriceListChange,
): Promise<Result<{ id: string; version: number }, ItemsProblemCode>> {
  await rows(tx, sql`select id from erp_items.price_list where id = ${id} for update`);
  const list = (await listPriceLists(tx, context.legalEntity)).find((one) => one.id === id);
  if (list === undefined) return refuse('items.unknown-price-list', 'no such price list', 'id');
  if (list.version !== version) {
    return refuse('items.version-conflict', 'the price list has moved on', 'version');
  }
  const next = { ...list, ...set };
  if (next.name.trim() === '') return refuse('items.invalid', 'a list has a name', 'set.name');
  if (next.validTo !== undefined && next.validTo < next.validFrom) {
    return refuse('items.invalid', 'it ends before it begins', 'set.validTo');
  }
  const changes: Record<string, readonly [unknown, unknown]> = {};
  if (next.name.trim() !== list.name) changes['name'] = [list.name, next.name.trim()];
  if (next.validTo !== list.validTo) {
    changes['validTo'] = [list.validTo ?? null, next.validTo ?? null];
  }
  const standing = new Map((await pricesOn(tx, id)).map((one) => [one.id, one]));
  const named = prices.flatMap(({ id: price }) => standing.get(price)?.item ?? []);
  const items = await itemFacts(tx, named);
  for (const [at, { id: price, validTo }] of prices.entries()) {
    const before = standing.get(price);
    if (before === undefined) return refuse('items.invalid', 'no such price', `prices.${at}`);
    if (validTo !== undefined && validTo < before.validFrom) {
      return refuse('items.invalid', 'it ends before it begins', `prices.${at}.validTo`);
    }
    if (before.validTo !== validTo) {
      changes[`prices[${items.get(before.item)?.number ?? price}]`] = [
        before.validTo ?? null,
        validTo ?? null,
      ];
    }
  }
  if (Object.keys(changes).length === 0) {
    return refuse('items.invalid', 'nothing would be different', 'set');
  }
  await rows(
    tx,
    sql`update erp_items.price_list set name = ${next.name.trim()},
        valid_to = ${next.validTo ?? null}, version = version + 1 where id = ${id}`,
  );
  const ends = prices.map(({ id: price, validTo }) => ({ id: price, valid_to: validTo }));
  await rows(
    tx,
    sql`update erp_items.price p set valid_to = d.valid_to
      from ${unnested('d', { id: 'text', valid_to: 'date' }, ends)} where p.id = d.id`,
  );
  await keepPriceChanges(tx, context, [{ kind: 'price-list', id, version: version + 1, changes }]);
  return accept({ id, version: version + 1 });
}
