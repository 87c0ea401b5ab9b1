import { findDeliveries, findOrders, statusOf } from '#erp/sales';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';
import { unsigned } from './unsigned.ts';

/** Sales orders of the legal entity, with where they stand. */
export const readSalesOrders: Reader = async (handle, keys, { code }) =>
  [...(await findOrders(handle, keys)).values()].map((order) => {
    const document = documentOf(order, { ...order, status: statusOf(order) });
    return { of: order.id, documents: order.legalEntity === code ? [document] : [] };
  });

/** What left, came back or takes that back; amounts above zero, the kind says which way. */
export const readDeliveries: Reader = async (handle, keys, { code, currency }) => {
  const deliveries = await findDeliveries(handle, keys);
  const orders = await findOrders(
    handle,
    [...deliveries.values()].flatMap(({ lines }) => lines.map(({ order }) => order)),
  );
  return [...deliveries.values()].map((delivery) => {
    const lines = delivery.lines.map((line) => {
      const ordered = orders.get(line.order)?.lines.find(({ number }) => number === line.orderLine);
      const { quantity, cost } = line;
      return { ...line, quantity: unsigned(quantity), cost: unsigned(cost), unit: ordered?.unit };
    });
    const status = delivery.reversedBy === null ? 'posted' : 'cancelled';
    const document = documentOf({ id: delivery.id }, { ...delivery, status, currency, lines });
    return { of: delivery.id, documents: delivery.legalEntity === code ? [document] : [] };
  });
};
