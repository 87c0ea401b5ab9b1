import { route } from '../route.ts';
import { mappingVersionRows } from '../views/mapping-version.ts';
import { pageOfRows } from '../views/rows-in-memory.ts';

/** Lists the versions of a mapping, newest first unless asked otherwise. */
export const listMappingVersions = route({
  name: 'listMappingVersions',
  summary: 'Lists the versions of a mapping, newest first unless asked otherwise.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration'],
  handle: async ({ params, query }, services) =>
    pageOfRows(await mappingVersionRows(services, params.name, query), query),
});
