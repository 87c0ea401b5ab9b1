import { route } from '../route.ts';

/** Says how far the last dry run of a source is, or what it found. */
export const getDryRun = route({
  name: 'getDryRun',
  summary: 'Says how far the last dry run of a source is, or what it found.',
  permission: 'integrations:write',
  audit: { none: 'changes nothing; that it was begun is in the log' },
  errors: ['sync.no-integration'],
  handle: async ({ params }, { sources }) => ({
    last: (await sources.lastDryRun(params.name)) ?? null,
  }),
});
