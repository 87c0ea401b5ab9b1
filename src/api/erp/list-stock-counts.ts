import { listCounts } from '#erp/inventory';
import { route } from '../route.ts';
import { pageFrom } from './page-from.ts';

/** Lists stock counts. */
export const listStockCounts = route({
  name: 'listStockCounts',
  summary: 'Lists stock counts with their lines, by number.',
  permission: 'stock:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { limit } = query;
    const wanted = { ...query, legalEntity: params.entity, limit: limit + 1 };
    return pageFrom(await listCounts(database.kysely, wanted), limit, ({ id }) => id);
  },
});
