import { listRecords } from '#records';
import { pageRequest } from '../page.ts';
import { route } from '../route.ts';
import { itemQuery, itemRows } from '../views/item.ts';

/** Lists items, one page at a time. */
export const listItems = route({
  name: 'listItems',
  summary: 'Lists items, one page at a time.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['records.bad-value'],
  async handle({ query }, { database }) {
    const { page, pageSize, offset } = pageRequest(query);
    const asked = itemQuery(query);
    const found = await listRecords(database.kysely, { ...asked, offset, limit: pageSize });
    return { items: itemRows(found.rows), total: found.total, page, pageSize };
  },
});
