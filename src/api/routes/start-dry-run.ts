import { route } from '../route.ts';

/** Begins a dry run; it goes on whoever looks on. */
export const startDryRun = route({
  name: 'startDryRun',
  summary: 'Begins a dry run; it goes on whoever looks on.',
  permission: 'integrations:write',
  audit: { around: 'integrations.trial-begun' },
  errors: ['sync.no-integration', 'sync.bad-mapping', 'main.dry-run-running'],
  handle: ({ params, body, principal }, { sources }) =>
    sources.startDryRun(params.name, body, principal.name),
});
