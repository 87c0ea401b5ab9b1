import { findParties } from '#erp/parties';
import { route } from '../route.ts';

/** Names customers and suppliers by id. */
export const nameParties = route({
  name: 'nameParties',
  summary:
    'Tells numbers and names of customers and suppliers by id, for documents that name them by id.',
  permission: 'parties:read',
  audit: { none: 'changes nothing, and tells names alone, of what a document on the screen names' },
  errors: [],
  async handle({ query }, { database }) {
    const found = await findParties(database.kysely, query.ids);
    return {
      items: [...found.values()].map(({ id, number, name, role }) => ({ id, number, name, role })),
    };
  },
});
