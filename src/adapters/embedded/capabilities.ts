import type { Capabilities } from '#adapter-kit';
import { ENTITIES } from './entities.ts';

/** What can be read of the embedded ERP and asked of it. */
export const CAPABILITIES: Capabilities = {
  reads: Object.fromEntries(ENTITIES.map((entity) => [entity, 'incremental' as const])),
  writes: [
    'create-supplier',
    'update-supplier',
    'create-item',
    'update-item',
    'create-purchase-order',
    'update-purchase-order',
    'cancel-purchase-order',
    'post-goods-receipt',
    'reverse-goods-receipt',
    'post-supplier-invoice',
    'cancel-supplier-invoice',
    'post-stock-movement',
    'reverse-stock-movement',
  ],
  deletions: 'reported',
  isOurs: true, // Empty fields are left out: that one is missing says nothing.
};
