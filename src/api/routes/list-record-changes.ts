import { pageRequest } from '../page.ts';
import { route } from '../route.ts';
import { changeRows } from '../views/change.ts';

/** Lists what happened to a record, one page at a time. */
export const listRecordChanges = route({
  name: 'listRecordChanges',
  summary: 'Lists what happened to a record, one page at a time.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { page, pageSize, offset } = pageRequest(query);
    const asked = { ...query, offset, limit: pageSize };
    const { rows, total } = await changeRows(database.kysely, params.id, asked);
    return { items: rows, total, page, pageSize };
  },
});
