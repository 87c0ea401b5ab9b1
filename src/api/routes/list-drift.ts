import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists where sources have come to look other than before, newest first. */
export const listDrift = route({
  name: 'listDrift',
  summary: 'Lists where sources have come to look other than before, newest first.',
  permission: 'runs:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ query }, { drift }) {
    const { page, pageSize, offset } = pageRequest(query);
    const { rows, total } = await drift.list({ ...query, offset, limit: pageSize });
    return { items: [...rows], total, page, pageSize };
  },
});
