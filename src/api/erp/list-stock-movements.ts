import { listMovements } from '#erp/inventory';
import { route } from '../route.ts';
import { pageFrom } from './page-from.ts';

/** Lists stock movements. */
export const listStockMovements = route({
  name: 'listStockMovements',
  summary: 'Lists stock movements, the newest first.',
  permission: 'stock:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { limit, after, ...rest } = query;
    const wanted = { ...rest, legalEntity: params.entity, before: after, limit: limit + 1 };
    const found = await listMovements(database.kysely, wanted);
    return pageFrom(found, limit, ({ sequence }) => sequence);
  },
});
