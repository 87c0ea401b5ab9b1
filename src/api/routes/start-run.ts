import { route } from '../route.ts';

/** Starts to read a source; the answer comes once the run has begun. */
export const startRun = route({
  name: 'startRun',
  summary: 'Starts to read a source; the answer comes once the run has begun.',
  permission: 'runs:write',
  audit: { around: 'runs.started' },
  errors: ['sync.no-integration', 'sync.already-running'],
  async handle({ params, body, note }, { runs }) {
    if (body.acceptDeletions) note({ details: { acceptDeletions: true } });
    const run = await runs.start(params.name, body);
    note({ details: { run: run.id } });
    return run;
  },
});
