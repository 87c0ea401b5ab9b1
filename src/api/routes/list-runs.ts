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
    const { integration, status, search, sort } = query;
    const oldestFirst = sort === 'startedAt';
    const asked = { integration, status, search, oldestFirst, offset, limit: pageSize };
    const { rows, total } = await runs.list(asked);
    return { items: [...rows], total, page, pageSize };
  },
});
