import { listAgreements as readAgreements } from '#erp/items';
import { route } from '../route.ts';
import { pageFrom } from './page-from.ts';

/** Lists agreements. */
export const listAgreements = route({
  name: 'listAgreements',
  summary: 'Lists agreements with what was called off so far, by number.',
  permission: 'items:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { limit } = query;
    const wanted = { ...query, legalEntity: params.entity, limit: limit + 1 };
    return pageFrom(await readAgreements(database.kysely, wanted), limit, ({ id }) => id);
  },
});
