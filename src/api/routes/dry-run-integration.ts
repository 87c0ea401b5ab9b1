import { route } from '../route.ts';

/** Says what a sync would do, field by field, and does nothing. */
export const dryRunIntegration = route({
  name: 'dryRunIntegration',
  summary: 'Says what a sync would do, field by field, and does nothing.',
  permission: 'integrations:write',
  audit: { after: 'integrations.tried' },
  errors: ['sync.no-integration', 'sync.bad-mapping'],
  handle: ({ params, body }, { sources }) => sources.dryRun(params.name, body),
});
