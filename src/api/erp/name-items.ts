import { itemFacts } from '#erp/items';
import { route } from '../route.ts';

/** Names items by id. */
export const nameItems = route({
  name: 'nameItems',
  summary: 'Tells numbers and names of items by id, for documents that name them by id.',
  permission: 'items:read',
  audit: { none: 'changes nothing, and tells names alone, of what a document on the screen names' },
  errors: [],
  async handle({ query }, { database }) {
    const found = await itemFacts(database.kysely, query.ids);
    return {
      items: [...found.values()].map(({ id, number, name, baseUnit }) => ({
        id,
        number,
        name,
        unit: baseUnit,
      })),
    };
  },
});
