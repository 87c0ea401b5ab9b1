import { route } from '../route.ts';

/** Lists the connected sources. */
export const listIntegrations = route({
  name: 'listIntegrations',
  summary: 'Lists the connected sources.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no secrets' },
  errors: [],
  handle: async (_, { sources }) => ({ items: [...(await sources.list())] }),
});
