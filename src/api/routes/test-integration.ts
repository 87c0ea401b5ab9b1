import { route } from '../route.ts';

/** Looks whether a source can be read, and says what it found. */
export const testIntegration = route({
  name: 'testIntegration',
  summary: 'Looks whether a source can be read, and says what it found.',
  permission: 'integrations:write',
  audit: { around: 'integrations.tested' },
  errors: ['sync.no-integration'],
  handle: async ({ params }, { sources }) => ({ items: [...(await sources.test(params.name))] }),
});
