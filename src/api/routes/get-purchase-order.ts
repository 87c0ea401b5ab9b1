import { readRecord } from '../read-record.ts';
import { route } from '../route.ts';
import { purchaseOrderDetail } from '../views/purchase-order.ts';

/** Shows a purchase order with its lines. */
export const getPurchaseOrder = route({
  name: 'getPurchaseOrder',
  summary: 'Shows a purchase order with its lines.',
  permission: 'records:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['api.no-such-record'],
  async handle({ params }, { database }) {
    const record = await readRecord(database.kysely, 'purchase-order', params.id);
    return purchaseOrderDetail(database.kysely, record);
  },
});
