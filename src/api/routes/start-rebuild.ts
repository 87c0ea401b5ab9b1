import { route } from '../route.ts';

/** Begins to build the warehouse anew; it goes on whoever looks on. */
export const startRebuild = route({
  name: 'startRebuild',
  summary: 'Begins to build the warehouse anew; it goes on whoever looks on.',
  permission: 'warehouse:write',
  audit: { around: 'warehouse.rebuild-begun' },
  errors: [],
  handle: ({ principal }, { warehouse }) => warehouse.startRebuild(principal.name),
});
