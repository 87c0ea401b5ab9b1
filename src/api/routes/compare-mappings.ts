import { route } from '../route.ts';

/** Compares two versions of a mapping, field by field. */
export const compareMappings = route({
  name: 'compareMappings',
  summary: 'Compares two versions of a mapping, field by field.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration', 'sync.no-mapping-version'],
  handle: async ({ params, query }, { mappings }) => ({
    items: await mappings.compare(params.name, query.from, params.version),
  }),
});
