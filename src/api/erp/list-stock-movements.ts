import { listMovements } from '#erp/inventory';
import { listed, readRoute } from './reading.ts';

/** Lists stock movements. */
export const listStockMovements = readRoute({
  name: 'listStockMovements',
  summary: 'Lists stock movements, unless sorted otherwise the newest first.',
  permission: 'stock:read',
  errors: [],
  handle: ({ params, query }, { database }) =>
    listed(query, (wanted) =>
      listMovements(database.kysely, { ...wanted, legalEntity: params.entity }),
    ),
});
