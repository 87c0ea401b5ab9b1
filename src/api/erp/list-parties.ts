import { listParties as readParties } from '#erp/parties';
import { route } from '../route.ts';
import { listed } from './reading.ts';

/** Lists customers or suppliers. */
export const listParties = route({
  name: 'listParties',
  summary: 'Lists customers or suppliers by number.',
  permission: 'parties:read',
  audit: { after: 'parties.listed' },
  errors: [],
  handle: ({ params, query }, { database }) =>
    listed(query, (wanted) =>
      readParties(database.kysely, { ...wanted, legalEntity: params.entity }),
    ),
});
