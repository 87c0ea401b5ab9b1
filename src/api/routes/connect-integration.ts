import { route } from '../route.ts';

/** Connects a source; the first real one retires the sample company. */
export const connectIntegration = route({
  name: 'connectIntegration',
  summary: 'Connects a source; the first real one retires the sample company.',
  permission: 'integrations:write',
  audit: { around: 'integrations.connected' },
  errors: ['main.bad-source', 'sync.bad-mapping', 'sync.integration-exists', 'sync.no-pack'],
  handle: ({ body, principal }, { sources }) => sources.connect(body, principal.id),
});
