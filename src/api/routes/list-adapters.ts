import { route } from '../route.ts';

/** Lists the adapters a source can be connected through, and what each asks for. */
export const listAdapters = route({
  name: 'listAdapters',
  summary: 'Lists the adapters a source can be connected through, and what each asks for.',
  permission: 'integrations:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: (_, { sources }) => Promise.resolve({ items: [...sources.adapters()] }),
});
