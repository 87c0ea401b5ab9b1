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
  unit_price: 'numeric',
  price_base: 'numeric',
  discount_percent: 'numeric',
  net: 'numeric',
  tax_code: 'text',
  warehouse: 'text',
  cost_centre: 'text',
  project: 'text',
  promised_on: 'date',
  first_promised_on: 'date',
  over_percent_max: 'numeric',
  is_delivered_against: 'boolean',
  is_charged_ahead: 'boolean',
  quotation_id: 'text',
  quotation_line: 'integer',
  reservation: 'text',
} as const;

/** Writes lines of orders that are there. */
export async function insertOrderLines(
  tx: Handle,
  lines: readonly {
    readonly order: string;
    readonly number: number;
    readonly line: DecidedLine;
    readonly reservation?: string | undefined;
  }[],
): Promise<void> {
  const values = lines.map(({ order, number, line, reservation }) => ({
    order_id: order,
    number,
    item: line.item,
    text: line.text,
    unit: line.unit,
    ordered: line.quantity,
    unit_price: line.unitPrice,
    price_base: line.priceBase,
    discount_percent: line.discountPercent,
    net: line.net,
    tax_code: line.taxCode,
    warehouse: line.warehouse,
    cost_centre: line.costCentre,
    project: line.project,
    promised_on: line.promisedOn,
    first_promised_on: line.promisedOn,
    over_percent_max: line.overPercentMax ?? '0',
    is_delivered_against: line.isDeliveredAgainst,
    is_charged_ahead: line.isChargedAhead ?? false,
    quotation_id: line.quotation?.id,
    quotation_line: line.quotation?.line,
    reservation,
  }));
  await insertRows(tx, 'erp_sales.sales_order_line', LINE, values);
}
