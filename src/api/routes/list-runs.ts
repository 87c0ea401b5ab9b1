import { route } from '../route.ts';

/** Lists runs, newest first. */
export const listRuns = route({
  name: 'listRuns',
  summary: 'Lists runs, newest first.',
  permission: 'runs:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: async ({ query }, { runs }) => ({ items: [...(await runs.list(query))] }),
});
