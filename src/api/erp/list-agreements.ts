import { listAgreements as readAgreements } from '#erp/items';
import { route } from '../route.ts';
import { listed, SHOWS_NOTHING_PERSONAL } from './reading.ts';

/** Lists agreements. */
export const listAgreements = route({
  name: 'listAgreements',
  summary: 'Lists agreements with what was called off so far, by number.',
  permission: 'items:read',
  audit: SHOWS_NOTHING_PERSONAL,
  errors: [],
  handle: ({ params, query }, { database }) =>
    listed(query, (wanted) =>
      readAgreements(database.kysely, { ...wanted, legalEntity: params.entity }),
    ),
});
