import { listLegalEntities as readLegalEntities } from '#erp/company';
import { route } from '../route.ts';

/** Lists legal entities. */
export const listLegalEntities = route({
  name: 'listLegalEntities',
  summary: 'Lists the legal entities that keep their books here.',
  permission: 'company:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: async (_request, { database }) => ({ items: await readLegalEntities(database.kysely) }),
});
