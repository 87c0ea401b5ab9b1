import { findOrders, findReceipts, rejectedOf, statusOf } from '#erp/purchasing';
import { decimal, subtractDecimals } from '#kernel/decimal';
import type { Reader } from '../gate.ts';
import { documentOf } from './plain.ts';
import { unsigned } from './unsigned.ts';

const ZERO = decimal('0');

/** Purchase orders of the legal entity, with where they stand and what was rejected. */
export const readOrders: Reader = async (handle, keys, { code }) => {
  const orders = await findOrders(handle, keys);
  const rejected = await rejectedOf(handle, [...orders.keys()]);
  return [...orders.values()].map((order) => {
    const ofLine = rejected.get(order.id);
    const lines = order.lines.map((line) => ({
      ...line,
      rejected: ofLine?.get(line.number) ?? ZERO,
    }));
    const document = documentOf(order, { ...order, status: statusOf(order), lines });
    return { of: order.id, documents: order.legalEntity === code ? [document] : [] };
  });
};

/** Receipts, returns and what takes them back; amounts above zero, the kind says which way. */
export const readReceipts: Reader = async (handle, keys, { code }) => {
  const receipts = await findReceipts(handle, keys);
  const orders = await findOrders(
    handle,
    [...receipts.values()].flatMap(({ lines }) => lines.map(({ order }) => order)),
  );
  return [...receipts.values()].map((receipt) => {
    const all = receipt.lines.map((line) => {
      const ordered = orders.get(line.order)?.lines.find(({ number }) => number === line.orderLine);
      const [quantity, rejected] = [unsigned(line.quantity), unsigned(line.rejected)];
      const accepted = subtractDecimals(quantity, rejected);
      return { ...line, quantity, rejected, accepted, unit: ordered?.unit };
    });
    const lines = all.filter(({ item, warehouse }) => item !== null && warehouse !== null);
    const content = {
      ...receipt,
      status: receipt.reversedBy === null ? 'posted' : 'cancelled',
      warehouse: lines[0]?.warehouse,
      lines,
      services: all.filter((line) => !lines.includes(line)),
    };
    const document = documentOf({ id: receipt.id }, content);
    return { of: receipt.id, documents: receipt.legalEntity === code ? [document] : [] };
  });
};
