import { pageRequest } from '../page.ts';
import { route } from '../route.ts';

/** Lists source rows that could not become records, with the reason. */
export const listQuarantine = route({
  name: 'listQuarantine',
  summary: 'Lists source rows that could not become records, with the reason.',
  permission: 'quarantine:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ query }, { sources }) {
    const { page, pageSize, offset } = pageRequest(query);
    const { rows, total } = await sources.quarantine({ ...query, offset, limit: pageSize });
    return { items: [...rows], total, page, pageSize };
  },
});
