import { route } from '../route.ts';

/** Says how far the last rebuilding of the warehouse is, or what came of it. */
export const getRebuild = route({
  name: 'getRebuild',
  summary: 'Says how far the last rebuilding of the warehouse is, or what came of it.',
  permission: 'warehouse:write',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: async (_, { warehouse }) => ({ last: (await warehouse.lastRebuild()) ?? null }),
});
