import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists runs, newest first. */
export const listRuns = route({
  name: 'listRuns',
  summary: 'Lists runs, newest first.',
  permission: 'runs:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ query }, { runs }) {
    const { page, pageSize, offset } = pageRequest(query);
    const { rows, total } = await runs.list({ ...query, offset, limit: pageSize });
    return { items: [...rows], total, page, pageSize };
  },
});
