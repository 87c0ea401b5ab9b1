import { route } from '../route.ts';
import { integrationRows } from '../views/integration.ts';
import { pageOfRows } from '../views/rows-in-memory.ts';

/** Lists the connected sources. */
export const listIntegrations = route({
  name: 'listIntegrations',
  summary: 'Lists the connected sources.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no secrets' },
  errors: [],
  handle: async ({ query }, services) => pageOfRows(await integrationRows(services, query), query),
});
