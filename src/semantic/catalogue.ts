import type { Metric } from './metric.ts';
import { activeItems } from './metrics/active-items.ts';
import { activeSuppliers } from './metrics/active-suppliers.ts';
import { averageOrderValue } from './metrics/average-order-value.ts';
import { averageUnitPrice } from './metrics/average-unit-price.ts';
import { freight } from './metrics/freight.ts';
import { grossOrderValue } from './metrics/gross-order-value.ts';
import { openCommitments } from './metrics/open-commitments.ts';
import { orderToShipDays } from './metrics/order-to-ship-days.ts';
import { orderedQuantity } from './metrics/ordered-quantity.ts';
import { purchaseOrderCount } from './metrics/purchase-order-count.ts';
import { purchaseOrderLineCount } from './metrics/purchase-order-line-count.ts';
import { purchasePriceVariance } from './metrics/purchase-price-variance.ts';
import { receivedQuantity } from './metrics/received-quantity.ts';
import { rejectedQuantity } from './metrics/rejected-quantity.ts';
import { rejectionRate } from './metrics/rejection-rate.ts';
import { shippedOnTimeRate } from './metrics/shipped-on-time-rate.ts';
import { singleSourceItems } from './metrics/single-source-items.ts';
import { spend } from './metrics/spend.ts';
import { tax } from './metrics/tax.ts';
import { topTenSupplierShare } from './metrics/top-ten-supplier-share.ts';

/** Every number Rialto knows the meaning of, the most asked first. */
export const METRICS: readonly Metric[] = [
  spend,
  purchaseOrderCount,
  averageOrderValue,
  openCommitments,
  orderedQuantity,
  receivedQuantity,
  rejectedQuantity,
  rejectionRate,
  orderToShipDays,
  shippedOnTimeRate,
  purchasePriceVariance,
  activeSuppliers,
  activeItems,
  singleSourceItems,
  topTenSupplierShare,
  averageUnitPrice,
  purchaseOrderLineCount,
  grossOrderValue,
  tax,
  freight,
];

/** The metric of that name. Undefined: there is none. */
export const findMetric = (name: string): Metric | undefined =>
  METRICS.find((metric) => metric.name === name);
