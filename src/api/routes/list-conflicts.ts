import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists changes that met, newest first: those that wait for a person, unless asked otherwise. */
export const listConflicts = route({
  name: 'listConflicts',
  summary: 'Lists changes that met: those that wait for a person, unless asked otherwise.',
  permission: 'transactions:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ query }, { conflicts }) {
    const { page, pageSize, offset } = pageRequest(query);
    const { rows, total } = await conflicts.list({ ...query, offset, limit: pageSize });
    return { items: [...rows], total, page, pageSize };
  },
});
