import { findRecord } from '#records';
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
  async handle({ params }, { database, warehouse }) {
    const record = await readRecord(database.kysely, 'item', params.id);
    const ids = await warehouse.ordersOfItem(record.id, RECENT);
    const found = await Promise.all(ids.map((id) => findRecord(database.kysely, id)));
    const orders = found.filter((order) => order !== undefined);
    return {
      ...(await itemDetail(database.kysely, record)),
      recentOrders: await purchaseOrderRows(database.kysely, orders),
    };
  },
});
