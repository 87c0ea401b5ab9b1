import { listAgreements as readAgreements } from '#erp/items';
import { priceHistory } from '#erp/items/changing-prices';
import { route } from '../route.ts';
import { listed, SHOWS_NOTHING_PERSONAL, there } from './reading.ts';

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

/** Shows one agreement. */
export const getAgreement = route({
  name: 'getAgreement',
  summary: 'Shows an agreement: what was agreed, and how much of it was called off.',
  permission: 'items:read',
  audit: SHOWS_NOTHING_PERSONAL,
  errors: ['api.no-such-record'],
  handle: async ({ params }, { database }) => {
    const { kysely } = database;
    const [found] = await readAgreements(kysely, { ids: [params.id], limit: 1 });
    const history = await priceHistory(kysely, 'agreement', params.id);
    return { ...there(found, params), history };
  },
});
