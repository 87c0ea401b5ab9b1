import { route } from '../route.ts';

/** Lists the versions of a mapping, newest first. */
export const listMappingVersions = route({
  name: 'listMappingVersions',
  summary: 'Lists the versions of a mapping, newest first.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration'],
  handle: async ({ params }, { mappings }) => ({ items: await mappings.list(params.name) }),
});
