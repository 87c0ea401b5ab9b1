import { listPositions } from '#erp/inventory';
import { route } from '../route.ts';
import { pageFrom } from './page-from.ts';

/** Lists stock. */
export const listStock = route({
  name: 'listStock',
  summary:
    'Lists stock by warehouse and item: owned, free, reserved, what can be promised, its value.',
  permission: 'stock:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { item, warehouse, inStock, after, limit } = query;
    const [from, last] = after?.split(' ') ?? [];
    const found = await listPositions(database.kysely, {
      legalEntity: params.entity,
      item,
      warehouse,
      inStock: inStock === 'true',
      after: from === undefined || last === undefined ? undefined : { warehouse: from, item: last },
      limit: limit + 1,
    });
    return pageFrom(found, limit, (row) => `${row.warehouse} ${row.item}`);
  },
});
