import { route } from '../route.ts';

/** Changes how a source is reached; secrets that are not given stay. */
export const updateIntegration = route({
  name: 'updateIntegration',
  summary: 'Changes how a source is reached; secrets that are not given stay.',
  permission: 'integrations:write',
  audit: { around: 'integrations.changed' },
  errors: ['sync.no-integration', 'main.bad-source'],
  handle: ({ params, body }, { sources }) => sources.update(params.name, body),
});
