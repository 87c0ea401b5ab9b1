import { route } from '../route.ts';

/** Shows one version of a mapping. */
export const getMapping = route({
  name: 'getMapping',
  summary: 'Shows one version of a mapping.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration', 'sync.no-mapping-version'],
  handle: ({ params }, { mappings }) => mappings.read(params.name, params.version),
});
