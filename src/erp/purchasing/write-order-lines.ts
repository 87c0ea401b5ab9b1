import { insertRows } from '#database';
import type { Handle } from '#database';
import type { DecidedLine } from './decide-order.ts';

const LINE = {
  order_id: 'text',
  number: 'integer',
  item: 'text',
  text: 'text',
  unit: 'text',
  ordered: 'numeric',
  base_numerator: 'numeric',
  base_denominator: 'numeric',
  unit_price: 'numeric',
  price_base: 'numeric',
  net: 'numeric',
  tax_code: 'text',
  warehouse: 'text',
  account: 'text',
  cost_centre: 'text',
  project: 'text',
  work_order: 'text',
  requested_on: 'date',
  promised_on: 'date',
  first_promised_on: 'date',
  over_percent_max: 'numeric',
  under_percent_max: 'numeric',
  is_received_against: 'boolean',
  requisition_id: 'text',
  requisition_line: 'integer',
} as const;

/** Writes lines of orders that are there. */
export async function insertOrderLines(
  tx: Handle,
  lines: readonly {
    readonly order: string;
    readonly number: number;
    readonly line: DecidedLine;
  }[],
): Promise<void> {
  const values = lines.map(({ order, number, line }) => ({
    order_id: order,
    number,
    item: line.item,
    text: line.text,
    unit: line.unit,
    ordered: line.quantity,
    base_numerator: line.baseNumerator,
    base_denominator: line.baseDenominator,
    unit_price: line.unitPrice,
    price_base: line.priceBase,
    net: line.net,
    tax_code: line.taxCode,
    warehouse: line.warehouse,
    account: line.account,
    cost_centre: line.costCentre,
    project: line.project,
    work_order: line.workOrder,
    requested_on: line.requestedOn,
    promised_on: line.promisedOn,
    first_promised_on: line.promisedOn,
    over_percent_max: line.overPercentMax ?? '0',
    under_percent_max: line.underPercentMax ?? '0',
    is_received_against: line.isReceivedAgainst,
    requisition_id: line.requisition?.id,
    requisition_line: line.requisition?.line,
  }));
  await insertRows(tx, 'erp_purchasing.purchase_order_line', LINE, values);
}
