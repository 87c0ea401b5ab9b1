import { listPositions } from '#erp/inventory';
import { listed, readRoute } from './reading.ts';
import { withUnits } from './units-of.ts';

/** Lists stock. */
export const listStock = readRoute({
  name: 'listStock',
  summary:
    'Lists stock by warehouse and item: owned, free, reserved, what can be promised, its value.',
  permission: 'stock:read',
  errors: [],
  async handle({ params, query: { inStock, ...query } }, { database }) {
    const { items, ...rest } = await listed(query, async ({ after, ...wanted }) => {
      const [warehouse, item] = after?.split(' ') ?? [];
      const found = await listPositions(database.kysely, {
        ...wanted,
        legalEntity: params.entity,
        inStock: inStock === undefined ? undefined : inStock === 'true',
        after: warehouse === undefined || item === undefined ? undefined : { warehouse, item },
      });
      return found.map((row) => ({ id: `${row.warehouse} ${row.item}`, row }));
    });
    const positions = items.map(({ row }) => row);
    return { items: await withUnits(database.kysely, positions), ...rest };
  },
});
