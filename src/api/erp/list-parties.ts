import { listParties as readParties } from '#erp/parties';
import { route } from '../route.ts';
import { pageFrom } from './page-from.ts';

/** Lists customers or suppliers. */
export const listParties = route({
  name: 'listParties',
  summary: 'Lists customers or suppliers by number.',
  permission: 'parties:read',
  audit: { after: 'parties.listed' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { limit } = query;
    const found = await readParties(database.kysely, {
      ...query,
      legalEntity: params.entity,
      limit: limit + 1,
    });
    return pageFrom(found, limit, ({ id }) => id);
  },
});
