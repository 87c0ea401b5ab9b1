import { notThere } from '../errors.ts';
import { route } from '../route.ts';

/** Shows a run: live progress while it runs, its summary afterwards. */
export const getRun = route({
  name: 'getRun',
  summary: 'Shows a run: live progress while it runs, its summary afterwards.',
  permission: 'runs:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['api.no-such-run'],
  async handle({ params }, { runs }) {
    const run = await runs.find(params.id);
    if (run === undefined) throw notThere('api.no-such-run', `the run ${params.id}`);
    return run;
  },
});
