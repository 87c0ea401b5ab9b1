import { route } from '../route.ts';

/** Stops a dry run that is under way. */
export const cancelDryRun = route({
  name: 'cancelDryRun',
  summary: 'Stops a dry run that is under way.',
  permission: 'integrations:write',
  audit: { around: 'integrations.trial-cancelled' },
  errors: ['sync.no-integration'],
  handle: async ({ params }, { sources }) => ({
    last: (await sources.cancelDryRun(params.name)) ?? null,
  }),
});
