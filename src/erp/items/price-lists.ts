import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { newId, parseCurrency } from '#kernel';
import { decimal, trimDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ItemsProblemCode } from './errors.ts';
import { itemFacts } from './list-items.ts';
import { priceProblem } from './supplier-items.ts';

/** A list of sales prices: for everyone, for a segment, or for one customer. */
export type PriceList = {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly customer?: string | undefined;
  readonly segment?: string | undefined;
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate | undefined;
};

/** A price list as it stands. */
type StandingList = PriceList & { readonly id: string; readonly version: number };

/** A price of a list, from a quantity on. */
export type ListedPrice = {
  readonly priceList: string; // Its id.
  readonly item: string;
  readonly minQuantity?: Decimal | undefined;
  readonly price: Decimal;
  readonly priceBase?: Decimal | undefined;
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate | undefined;
};

/** A price as it stands on a list. */
type PriceOnList = ListedPrice & {
  readonly id: string;
  readonly minQuantity: Decimal;
  readonly priceBase: Decimal;
};

/** Creates price lists of the legal entity. */
export async function createPriceLists(
  tx: Handle,
  context: ErpContext,
  drafts: readonly PriceList[],
): Promise<readonly Result<{ id: string }, ItemsProblemCode>[]> {
  const now = context.clock();
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('erp_items.price_list', 0))`);
  const there = new Set((await listPriceLists(tx, context.legalEntity)).map(({ code }) => code));
  const made: (PriceList & { readonly id: string })[] = [];
  const decided = drafts.map((draft) => {
    const { code, name, currency, customer, segment, validFrom, validTo } = draft;
    if (there.has(code)) return refuse('items.code-taken' as const, `list ${code} exists`, 'code');
    const whole =
      code !== '' &&
      name.trim() !== '' &&
      parseCurrency(currency) !== undefined &&
      (customer === undefined || segment === undefined) &&
      (validTo === undefined || validTo >= validFrom);
    if (!whole) {
      const message = 'a list has code, name, currency, and a customer or a segment or neither';
      return refuse('items.invalid' as const, message, 'code');
    }
    there.add(code);
    const id = newId('prl', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  await insertRows(
    tx,
    'erp_items.price_list',
    {
      id: 'text',
      legal_entity: 'text',
      code: 'text',
      name: 'text',
      currency: 'text',
      customer: 'text',
      segment: 'text',
      valid_from: 'date',
      valid_to: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((one) => ({
      id: one.id,
      legal_entity: context.legalEntity,
      code: one.code,
      name: one.name.trim(),
      currency: one.currency,
      customer: one.customer,
      segment: one.segment,
      valid_from: one.validFrom,
      valid_to: one.validTo,
      created_by: context.by,
      created_at: now,
    })),
  );
  return decided;
}

/** Puts prices on lists. One for the same quantity that begins later takes over from its day on. */
export async function addPrices(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ListedPrice[],
): Promise<readonly Result<{ id: string }, ItemsProblemCode>[]> {
  const now = context.clock();
  const lists = await rows<{ id: string; currency: string }>(
    tx,
    sql`select id, currency from erp_items.price_list
      where id = any(${[...new Set(drafts.map(({ priceList }) => priceList))]})
        and legal_entity = ${context.legalEntity}
      order by id for update`,
  );
  const currencyOf = new Map(lists.map(({ id, currency }) => [id, currency]));
  const items = await itemFacts(
    tx,
    drafts.map(({ item }) => item),
  );
  const taken = await keysTaken(tx, drafts);
  const made: (ListedPrice & { readonly id: string })[] = [];
  const decided = drafts.map((draft) => {
    const currency = currencyOf.get(draft.priceList);
    if (currency === undefined) {
      return refuse('items.unknown-price-list' as const, 'no such price list', 'priceList');
    }
    if (!items.has(draft.item)) {
      return refuse('items.unknown-item' as const, 'no such item', 'item');
    }
    const problem = priceProblem({ ...draft, currency });
    if (problem !== undefined) return problem;
    if (taken.has(keyOf(draft))) {
      return refuse('items.code-taken' as const, 'that price begins on that day', 'validFrom');
    }
    taken.add(keyOf(draft));
    const id = newId('prc', millisecondsOf(now));
    made.push({ ...draft, id });
    return accept({ id });
  });
  await insertRows(
    tx,
    'erp_items.price',
    {
      id: 'text',
      price_list: 'text',
      item: 'text',
      min_quantity: 'numeric',
      price: 'numeric',
      price_base: 'numeric',
      valid_from: 'date',
      valid_to: 'date',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    made.map((one) => ({
      id: one.id,
      price_list: one.priceList,
      item: one.item,
      min_quantity: one.minQuantity ?? '0',
      price: one.price,
      price_base: one.priceBase ?? '1',
      valid_from: one.validFrom,
      valid_to: one.validTo,
      created_by: context.by,
      created_at: now,
    })),
  );
  return decided;
}

/** The price lists of a legal entity, by code. */
export async function listPriceLists(
  handle: Handle,
  legalEntity: string,
): Promise<readonly StandingList[]> {
  const found = await rows<{ one: StandingList }>(
    handle,
    sql`select jsonb_strip_nulls(jsonb_build_object('id', id, 'version', version, 'code', code, 'name', name,
        'currency', currency, 'customer', customer, 'segment', segment, 'validFrom', valid_from,
        'validTo', valid_to)) as one
      from erp_items.price_list where legal_entity = ${legalEntity} order by code`,
  );
  return found.map(({ one }) => one);
}

/** The prices on a list, by item and quantity; of those that take over, the first one first. */
export async function pricesOn(handle: Handle, priceList: string): Promise<readonly PriceOnList[]> {
  const found = await rows<{ one: PriceOnList }>(
    handle,
    sql`select jsonb_strip_nulls(jsonb_build_object('id', p.id, 'priceList', p.price_list,
        'item', p.item, 'minQuantity', p.min_quantity::text, 'price', p.price::text,
        'priceBase', p.price_base::text, 'validFrom', p.valid_from, 'validTo', p.valid_to)) as one
      from erp_items.price p join erp_items.item i on i.id = p.item
      where p.price_list = ${priceList} and p.withdrawn_at is null
      order by i.name, i.id, p.min_quantity, p.valid_from`,
  );
  return found.map(({ one }) => one);
}

const keyOf = ({ priceList, item, minQuantity = ZERO, validFrom }: ListedPrice | Key): string =>
  `${priceList} ${item} ${trimDecimal(minQuantity)} ${validFrom}`;

const ZERO = decimal('0');

type Key = Pick<ListedPrice, 'priceList' | 'item' | 'minQuantity' | 'validFrom'>;

async function keysTaken(tx: Handle, drafts: readonly ListedPrice[]): Promise<Set<string>> {
  const found = await rows<Key>(
    tx,
    sql`select price_list as "priceList", item, min_quantity as "minQuantity",
        valid_from as "validFrom"
      from erp_items.price where price_list = any(${drafts.map((one) => one.priceList)})
        and item = any(${drafts.map((one) => one.item)}) and withdrawn_at is null`,
  );
  return new Set(found.map(keyOf));
}
