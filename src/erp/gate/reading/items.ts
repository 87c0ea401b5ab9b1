import { listLegalEntities } from '#erp/company';
import { itemFacts, listSupplierItems } from '#erp/items';
import { decimal, divideDecimals, trimDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';

const PRICE_SCALE = 10; // Of a price for so many, when it is said for one.

/** Items of every legal entity, with the newest that each supplier asks for each quantity. */
export const readItems: Reader = async (handle, keys) => {
  const items = await itemFacts(handle, keys);
  const asked = Map.groupBy(await listSupplierItems(handle, keys), ({ item }) => item);
  const currencies = new Map(
    (await listLegalEntities(handle)).map(({ code, currency }) => [code, currency]),
  );
  return [...items.values()].map((item) => {
    const offers = (asked.get(item.id) ?? []).toSorted((a, b) =>
      a.validFrom < b.validFrom ? 1 : -1,
    );
    const newest = Map.groupBy(
      offers,
      ({ supplier, minQuantity }) => `${supplier} ${minQuantity ?? '0'}`,
    );
    const suppliers = [...newest.values()].flatMap(([offer]) =>
      offer === undefined ? [] : { ...offer, unitPrice: perOne(offer.price, offer.priceBase) },
    );
    const companyCurrency = currencies.get(item.legalEntity);
    return { of: item.id, documents: [documentOf(item, { ...item, companyCurrency, suppliers })] };
  });
};

function perOne(price: Decimal, base = decimal('1')): Decimal {
  const one = divideDecimals(price, base, PRICE_SCALE);
  return base === '1' || one === undefined ? price : trimDecimal(one);
}
