import { notThere } from '../errors.ts';
import { route } from '../route.ts';

/** Asks a run to stop after the page it is at. */
export const cancelRun = route({
  name: 'cancelRun',
  summary: 'Asks a run to stop after the page it is at.',
  permission: 'runs:write',
  audit: { around: 'runs.cancelled' },
  errors: ['api.no-such-run'],
  async handle({ params }, { runs }) {
    const run = await runs.cancel(params.id);
    if (run === undefined) throw notThere('api.no-such-run', `the run ${params.id}`);
    return run;
  },
});
