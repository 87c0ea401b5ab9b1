import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId, parseCurrency } from '#kernel';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ItemsProblemCode } from './errors.ts';
import { itemFacts } from './list-items.ts';

/** What one supplier asks for one item. */
export type SupplierItem = {
  readonly item: string;
  readonly supplier: string;
  readonly theirNumber?: string | undefined;
  readonly price: Decimal;
  readonly priceBase?: Decimal | undefined; // Base units that `price` buys; 1 when left out.
  readonly currency: string;
  readonly minQuantity?: Decimal | undefined;
  readonly leadTimeDays?: number | undefined;
  readonly preferred?: boolean | undefined;
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate | undefined;
};

const ZERO = decimal('0');

/** Writes down what suppliers ask. A newer price is a row of its own; nothing is overwritten. */
export async function addSupplierItems(
  tx: Handle,
  context: ErpContext,
  drafts: readonly SupplierItem[],
): Promise<readonly Result<{ id: string }, ItemsProblemCode>[]> {
  const now = context.clock();
  const items = await itemFacts(
    tx,
    drafts.map(({ item }) => item),
  );
  const made: (SupplierItem & { readonly id: string })[] = [];
  const decided = drafts.map((draft) => {
    const problem = items.has(draft.item)
      ? priceProblem(draft)
      : refuse('items.unknown-item' as const, 'no such item', 'item');
    if (problem !== undefined) return problem;
    const id = newId('supit', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  await insertRows(
    tx,
    'erp_items.supplier_item',
    {
      id: 'text',
      item: 'text',
      supplier: 'text',
      their_number: 'text',
      price: 'numeric',
      price_base: 'numeric',
      currency: 'text',
      min_quantity: 'numeric',
      lead_time_days: 'integer',
      preferred: 'boolean',
      valid_from: 'date',
      valid_to: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((one) => ({
      id: one.id,
      item: one.item,
      supplier: one.supplier,
      their_number: one.theirNumber,
      price: one.price,
      price_base: one.priceBase ?? '1',
      currency: one.currency,
      min_quantity: one.minQuantity ?? '0',
      lead_time_days: one.leadTimeDays,
      preferred: one.preferred ?? false,
      valid_from: one.validFrom,
      valid_to: one.validTo,
      created_by: context.by,
      created_at: now,
    })),
  );
  return decided;
}

/** What suppliers ask for these items, the preferred first, then the newest. */
export async function listSupplierItems(
  handle: Handle,
  items: readonly string[],
): Promise<readonly (SupplierItem & { readonly id: string })[]> {
  const found = await rows<{ one: SupplierItem & { readonly id: string } }>(
    handle,
    sql`select jsonb_strip_nulls(jsonb_build_object('id', id, 'item', item, 'supplier', supplier,
        'theirNumber', their_number, 'price', price::text, 'priceBase', price_base::text,
        'currency', currency, 'minQuantity', min_quantity::text, 'leadTimeDays', lead_time_days,
        'preferred', preferred, 'validFrom', valid_from, 'validTo', valid_to)) as one
      from erp_items.supplier_item where item = any(${[...new Set(items)]})
      order by preferred desc, valid_from desc, id`,
  );
  return found.map(({ one }) => one);
}

/** What is wrong with a price. Undefined: nothing. */
export function priceProblem(
  draft: Pick<
    SupplierItem,
    'price' | 'priceBase' | 'currency' | 'minQuantity' | 'validFrom' | 'validTo'
  >,
): ReturnType<typeof refuse<ItemsProblemCode>> | undefined {
  const { price, priceBase, currency, minQuantity = ZERO, validFrom, validTo } = draft;
  if (compareDecimals(price, ZERO) < 0) {
    return refuse('items.invalid', 'a price is not negative', 'price');
  }
  if (priceBase !== undefined && compareDecimals(priceBase, ZERO) <= 0) {
    return refuse('items.invalid', 'a price is for a positive quantity', 'priceBase');
  }
  if (parseCurrency(currency) === undefined) {
    return refuse('items.invalid', 'no such currency', 'currency');
  }
  if (compareDecimals(minQuantity, ZERO) < 0) {
    return refuse('items.invalid', 'a smallest quantity is not negative', 'minQuantity');
  }
  if (validTo !== undefined && validTo < validFrom) {
    return refuse('items.invalid', 'the price ends before it begins', 'validTo');
  }
  return undefined;
}
