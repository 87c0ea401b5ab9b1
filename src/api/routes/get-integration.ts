import { route } from '../route.ts';

/** Shows a connected source, its secrets by name only. */
export const getIntegration = route({
  name: 'getIntegration',
  summary: 'Shows a connected source, its secrets by name only.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['sync.no-integration'],
  handle: ({ params }, { sources }) => sources.find(params.name),
});
