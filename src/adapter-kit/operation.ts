/** Everything that can be asked of a system, with the kind of record that it carries. */
export const OPERATIONS = {
  'create-supplier': 'supplier',
  'update-supplier': 'supplier',
  'create-item': 'item',
  'update-item': 'item',
  'create-purchase-order': 'purchase-order',
  'update-purchase-order': 'purchase-order',
  'cancel-purchase-order': 'purchase-order',
  'post-goods-receipt': 'goods-receipt',
  'reverse-goods-receipt': 'goods-receipt',
  'post-supplier-invoice': 'supplier-invoice',
  'cancel-supplier-invoice': 'supplier-invoice',
  'create-shipment-notice': 'shipment-notice',
  'cancel-shipment-notice': 'shipment-notice',
  'post-stock-movement': 'stock-movement',
  'reverse-stock-movement': 'stock-movement',
  'post-stock-count': 'stock-count',
  'create-work-order': 'work-order',
  'update-work-order': 'work-order',
  'cancel-work-order': 'work-order',
} as const;

export type Operation = keyof typeof OPERATIONS;
