import { listRecords } from '#records';
import { readRecord } from '../read-record.ts';
import { route } from '../route.ts';
import { itemDetail } from '../views/item.ts';
import { purchaseOrderRows } from '../views/purchase-order.ts';

const RECENT = 10;

/** Shows an item, who supplies it at which price, and its newest orders. */
export const getItem = route({
  name: 'getItem',
  summary: 'Shows an item, who supplies it at which price, and its newest orders.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['api.no-such-record'],
  async handle({ params }, { database: { kysely } }) {
    const record = await readRecord(kysely, 'item', params.id);
    const orders = await listRecords(kysely, {
      kind: 'purchase-order',
      integration: record.integration,
      filters: [{ field: 'item', op: 'is', values: [record.key] }],
      sort: { field: 'issuedOn', direction: 'desc' },
      offset: 0,
      limit: RECENT,
    });
    return {
      ...(await itemDetail(kysely, record)),
      recentOrders: await purchaseOrderRows(kysely, orders.rows),
    };
  },
});
