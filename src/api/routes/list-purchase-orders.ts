import { listRecords } from '#records';
import { pageRequest } from '../page.ts';
import { route } from '../route.ts';
import { purchaseOrderQuery, purchaseOrderRows } from '../views/purchase-order.ts';

/** Lists purchase orders, one page at a time. */
export const listPurchaseOrders = route({
  name: 'listPurchaseOrders',
  summary: 'Lists purchase orders, one page at a time.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['records.bad-value'],
  async handle({ query }, { database }) {
    const { page, pageSize, offset } = pageRequest(query);
    const asked = await purchaseOrderQuery(database.kysely, query);
    const found = await listRecords(database.kysely, { ...asked, offset, limit: pageSize });
    return {
      items: await purchaseOrderRows(database.kysely, found.rows),
      total: found.total,
      page,
      pageSize,
    };
  },
});
