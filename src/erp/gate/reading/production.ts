import { itemFacts } from '#erp/items';
import { findWorkOrders, statusOf } from '#erp/production';
import { decimal, divideDecimals, trimDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { dayIn } from '#kernel/time';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';

const MINUTE = decimal('60');
const MINUTE_SCALE = 4; // Of seconds that are said in minutes.

/** Orders to make something, with their operations and what they need; quantities in base units. */
export const readWorkOrders: Reader = async (handle, keys, { code, timeZone }) => {
  const orders = [...(await findWorkOrders(handle, keys)).values()];
  const items = await itemFacts(
    handle,
    orders.flatMap(({ item, components }) => [item, ...components.map((each) => each.item)]),
  );
  return orders.map((order) => {
    const { startedAt, finishedAt } = order;
    const content = {
      ...order,
      status: statusOf(order),
      unit: items.get(order.item)?.baseUnit,
      actualStartOn: startedAt === null ? null : dayIn(timeZone, startedAt),
      actualEndOn: finishedAt === null ? null : dayIn(timeZone, finishedAt),
      operations: order.operations.map((operation) => ({
        ...operation,
        setupMinutes: minutes(decimal(String(operation.setupSeconds))),
      })),
      components: order.components.map((each) => ({
        ...each,
        unit: items.get(each.item)?.baseUnit,
      })),
    };
    return {
      of: order.id,
      documents: order.legalEntity === code ? [documentOf(order, content)] : [],
    };
  });
};

function minutes(seconds: Decimal): Decimal {
  const found = divideDecimals(seconds, MINUTE, MINUTE_SCALE);
  return found === undefined ? seconds : trimDecimal(found);
}
