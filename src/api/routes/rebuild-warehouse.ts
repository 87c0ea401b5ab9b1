import { route } from '../route.ts';

/** Builds the warehouse anew from the change log. */
export const rebuildWarehouse = route({
  name: 'rebuildWarehouse',
  summary: 'Builds the warehouse anew from the change log.',
  permission: 'warehouse:write',
  audit: { around: 'warehouse.rebuilt' },
  errors: [],
  handle: async (_, { warehouse }) => ({ position: (await warehouse.rebuild()).toString() }),
});
