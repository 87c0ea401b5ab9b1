import { listItems } from '#erp/items';
import { route } from '../route.ts';
import { listed, SHOWS_NOTHING_PERSONAL } from './reading.ts';

/** Lists items. */
export const listErpItems = route({
  name: 'listErpItems',
  summary: 'Lists items by number.',
  permission: 'items:read',
  audit: SHOWS_NOTHING_PERSONAL,
  errors: [],
  handle: ({ params, query }, { database }) =>
    listed(query, (wanted) =>
      listItems(database.kysely, { ...wanted, legalEntity: params.entity }),
    ),
});
