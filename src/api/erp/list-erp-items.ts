import { listItems } from '#erp/items';
import { route } from '../route.ts';
import { pageFrom } from './page-from.ts';

/** Lists items. */
export const listErpItems = route({
  name: 'listErpItems',
  summary: 'Lists items by number.',
  permission: 'items:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { limit } = query;
    const wanted = { ...query, legalEntity: params.entity, limit: limit + 1 };
    return pageFrom(await listItems(database.kysely, wanted), limit, ({ id }) => id);
  },
});
