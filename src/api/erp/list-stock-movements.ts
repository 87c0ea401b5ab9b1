import { listMovements } from '#erp/inventory';
import { listed, readRoute } from './reading.ts';
import { withUnits } from './units-of.ts';

/** Lists stock movements. */
export const listStockMovements = readRoute({
  name: 'listStockMovements',
  summary: 'Lists stock movements, unless sorted otherwise the newest first.',
  permission: 'stock:read',
  errors: [],
  handle: ({ params, query }, { database: { kysely } }) =>
    listed(query, async (wanted) =>
      withUnits(kysely, await listMovements(kysely, { ...wanted, legalEntity: params.entity })),
    ),
});
