import type { Metric } from './metric.ts';
import { lateOrderCount } from './metrics/late-order-count.ts';
import { daysLate } from './metrics/days-late.ts';
import { openOrderCount } from './metrics/open-order-count.ts';
import { openOrderAge } from './metrics/open-order-age.ts';
import { supplierCount } from './metrics/supplier-count.ts';
import { itemCount } from './metrics/item-count.ts';
import { supplierPrice } from './metrics/supplier-price.ts';
import { agreedLeadTime } from './metrics/agreed-lead-time.ts';
import { approvalRate } from './metrics/approval-rate.ts';
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
  lateOrderCount,
  daysLate,
  openOrderCount,
  openOrderAge,
  supplierCount,
  itemCount,
  supplierPrice,
  agreedLeadTime,
  approvalRate,
];

/** The metric of that name. Undefined: there is none. */
export const findMetric = (name: string): Metric | undefined =>
  METRICS.find((metric) => metric.name === name);
