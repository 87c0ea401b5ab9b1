import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { Decimal } from '#kernel/decimal';
import { itemFacts } from './list-items.ts';
import { findPrice } from './price.ts';
import type { Price, PriceAsk, PriceCandidate, PriceSource } from './price.ts';

/** The price that holds for each question, in order; undefined: nobody set one. */
export async function pricesOf(
  handle: Handle,
  legalEntity: string,
  asks: readonly PriceAsk[],
): Promise<readonly (Price | undefined)[]> {
  if (asks.length === 0) return [];
  const ids = [...new Set(asks.map(({ item }) => item))];
  const items = await itemFacts(handle, ids);
  const groups = [...new Set([...items.values()].flatMap(({ itemGroup }) => itemGroup ?? []))];
  const found = await candidates(handle, { legalEntity, ids, groups, asks });
  const byItem = new Map<string, PriceCandidate[]>();
  const byGroup = new Map<string, PriceCandidate[]>();
  for (const one of found) {
    const [into, key] = one.item === undefined ? [byGroup, one.itemGroup] : [byItem, one.item];
    const held = into.get(`${one.side} ${key}`) ?? [];
    held.push(one);
    into.set(`${one.side} ${key}`, held);
  }
  return asks.map((ask) => {
    const item = items.get(ask.item);
    const fitting = [
      ...(byItem.get(`${ask.side} ${ask.item}`) ?? []),
      ...(byGroup.get(`${ask.side} ${item?.itemGroup}`) ?? []),
    ];
    return findPrice(fitting, ask, item?.itemGroup);
  });
}

/** The price of one. */
export const priceOf = async (
  handle: Handle,
  legalEntity: string,
  ask: PriceAsk,
): Promise<Price | undefined> => (await pricesOf(handle, legalEntity, [ask]))[0];

type Found = PriceCandidate & { readonly side: 'purchase' | 'sales' };
type Row = Omit<Found, 'source' | 'minQuantity'> & {
  readonly kind: PriceSource['kind'];
  readonly id: string;
  readonly line?: string;
  readonly minQuantity: Decimal;
};

/** Every price that might hold: of agreements, of suppliers, of lists, and the items' own. */
async function candidates(
  handle: Handle,
  asked: {
    readonly legalEntity: string;
    readonly ids: readonly string[];
    readonly groups: readonly string[];
    readonly asks: readonly PriceAsk[];
  },
): Promise<readonly Found[]> {
  const { legalEntity, ids, groups, asks } = asked;
  const parties = [...new Set(asks.flatMap(({ party }) => party ?? []))];
  const found = await rows<{ one: Row }>(
    handle,
    sql`select jsonb_strip_nulls(to_jsonb(c)) as one from (
      select a.side, 'agreement' as kind, a.id, l.line, l.item, l.item_group as "itemGroup",
        a.party, null as segment, coalesce(t."minQuantity", '0') as "minQuantity",
        coalesce(t.price, l.price::text) as price, l.price_base::text as "priceBase", a.currency,
        a.valid_from as "validFrom", a.valid_to as "validTo"
      from erp_items.agreement_line l join erp_items.agreement a on a.id = l.agreement
      cross join lateral (
        select x."minQuantity", x.price
          from jsonb_to_recordset(l.tiers) as x("minQuantity" text, price text)
        union all select null, null where l.price is not null) t
      where (l.item = any(${ids}) or l.item_group = any(${groups})) and a.status = 'active'
        and a.legal_entity = ${legalEntity} and a.party = any(${parties})
      union all
      select 'purchase', 'supplier-item', s.id, null, s.item, null, s.supplier, null,
        s.min_quantity::text, s.price::text, s.price_base::text, s.currency, s.valid_from,
        s.valid_to
      from erp_items.supplier_item s
      where s.item = any(${ids}) and s.supplier = any(${parties})
      union all
      select 'sales', 'price-list', p.id, null, p.item, null, l.customer, l.segment,
        p.min_quantity::text, p.price::text, p.price_base::text, l.currency,
        greatest(p.valid_from, l.valid_from), least(p.valid_to, l.valid_to)
      from erp_items.price p join erp_items.price_list l on l.id = p.price_list
      where p.item = any(${ids}) and l.legal_entity = ${legalEntity} and p.withdrawn_at is null
      union all
      select 'sales', 'list-price', i.id, null, i.id, null, null, null, '0', i.list_price::text,
        '1', i.list_currency, null, null
      from erp_items.item i where i.id = any(${ids}) and i.list_price is not null) c`,
  );
  return found.map(({ one }) => {
    const { kind, id, line, ...rest } = one;
    return { ...rest, source: { kind, id, ...(line === undefined ? {} : { line }) } };
  });
}
