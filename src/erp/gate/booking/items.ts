import type { Item as Content } from '#canonical';
import { accept } from '#erp/company';
import type { Result } from '#erp/company';
import { addSupplierItems, createItems, itemFacts, updateItems } from '#erp/items';
import type { ItemChange, ItemDraft } from '#erp/items';
import { bookingOf, changeOf, dayOf, no, only, versionOf } from './booking.ts';
import type { Desk } from './booking.ts';

/** A new item with what suppliers ask for it, from today on. */
export const createItem = bookingOf('item', async (desk, content) => {
  const problem = itemProblem(desk, content);
  if (problem !== undefined) return problem;
  const { tx, context } = desk;
  const { number, name, kind, baseUnit } = content;
  const draft: ItemDraft = { ...fieldsOf(content), number, name, kind, baseUnit };
  const made = only(await createItems(tx, context, [draft]));
  if (!made.ok) return made;
  const { id } = made.value;
  const offers = content.supplierItems.map((offer) => ({
    item: id,
    supplier: offer.supplier,
    theirNumber: offer.theirNumber,
    price: offer.standardPrice.amount,
    currency: offer.standardPrice.currency,
    minQuantity: offer.minOrderQuantity,
    leadTimeDays: offer.leadTimeDays,
    validFrom: dayOf(desk),
  }));
  const refused = (await addSupplierItems(tx, context, offers)).find(({ ok }) => !ok);
  if (refused?.ok === false) return refused;
  return accept({ key: id, version: '1', number });
});

/** What is said of an item itself; number, unit and suppliers' prices stay. */
export const updateItem = changeOf((desk, target) =>
  bookingOf('item', async (_, content) => {
    const problem = itemProblem(desk, content);
    if (problem !== undefined) return problem;
    const { tx, context } = desk;
    const now = (await itemFacts(tx, [target.key])).get(target.key);
    if (now !== undefined && now.baseUnit !== content.baseUnit) {
      return no('gate.unit-differs', `it is counted in ${now.baseUnit}`, 'baseUnit');
    }
    const change: ItemChange = {
      id: target.key,
      version: versionOf(target) ?? now?.version ?? 0,
      set: { ...fieldsOf(content), name: content.name, kind: content.kind },
    };
    const made = only(await updateItems(tx, context, [change]));
    if (!made.ok) return made;
    return accept({ key: target.key, version: String(made.value.version) });
  })(desk),
);

function fieldsOf(content: Content): Partial<ItemDraft> {
  const { standardCost, listPrice, safetyStock, reorderPoint, leadTimeDays } = content;
  const itemGroup = content.categoryPath.at(-1);
  return {
    status: content.status === 'active' ? 'active' : 'inactive',
    ...(itemGroup === undefined ? {} : { itemGroup }),
    ...(standardCost === undefined ? {} : { standardCost: standardCost.amount }),
    ...(listPrice === undefined
      ? {}
      : { listPrice: listPrice.amount, listCurrency: listPrice.currency }),
    ...(safetyStock === undefined ? {} : { safetyStock }),
    ...(reorderPoint === undefined ? {} : { reorderPoint }),
    ...(leadTimeDays === undefined ? {} : { leadTimeDays }),
  };
}

function itemProblem(
  { entity }: Desk,
  { standardCost, supplierItems, baseUnit }: Content,
): Result<never> | undefined {
  if (standardCost !== undefined && standardCost.currency !== entity.currency) {
    const message = `the company counts in ${entity.currency}`;
    return no('gate.currency-differs', message, 'standardCost');
  }
  const other = supplierItems.findIndex(({ unit = baseUnit }) => unit !== baseUnit);
  return other < 0
    ? undefined
    : no('gate.unit-differs', `prices are per ${baseUnit}`, `supplierItems.${other}.unit`);
}
