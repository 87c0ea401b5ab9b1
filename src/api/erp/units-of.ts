import type { Handle } from '#database';
import { itemFacts } from '#erp/items';

type OfItem = { readonly item: string };

/** Tells the base units of items, in one read for all; of what is no item it tells nothing. */
export async function unitsOf(
  handle: Handle,
  items: Iterable<string>,
): Promise<(item: string) => string> {
  const facts = await itemFacts(handle, [...new Set(items)]);
  return (item) => facts.get(item)?.baseUnit ?? '';
}

/** Puts beside each row what its item is counted in. */
export async function withUnits<Row extends OfItem>(
  handle: Handle,
  rows: readonly Row[],
): Promise<readonly (Row & { readonly unit: string })[]> {
  const unitOf = await unitsOf(
    handle,
    rows.map(({ item }) => item),
  );
  return rows.map((row) => ({ ...row, unit: unitOf(row.item) }));
}
