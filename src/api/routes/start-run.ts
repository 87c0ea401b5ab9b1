import { route } from '../route.ts';

/** Starts to read a source; the answer comes once the run has begun. */
export const startRun = route({
  name: 'startRun',
  summary: 'Starts to read a source; the answer comes once the run has begun.',
  permission: 'runs:write',
  audit: { record: 'runs.started' },
  errors: ['sync.no-integration', 'sync.already-running'],
  handle: ({ params, body }, { runs }) => runs.start(params.name, body),
});
