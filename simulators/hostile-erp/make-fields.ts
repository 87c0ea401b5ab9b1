import type { JsonObject } from '#kernel';
import {
  addDecimals,
  compareDecimals,
  decimal,
  multiplyDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { Collection, ErpDocument } from './document.ts';
import { invalid } from './refusal.ts';
import { CREATION } from './request-body.ts';
import type { InvoiceBody, OrderBody, OrderLineBody, ReceiptBody } from './request-body.ts';

/** Finds what a body points at. */
export type Find = (collection: Collection, id: string) => ErpDocument | undefined;

const ZERO = decimal('0');

/** The fields of a new document, or a refusal. `number`: the ERP's own for it. */
export function newFields(
  collection: Collection,
  body: unknown,
  number: number,
  find: Find,
): { readonly fields: JsonObject; readonly reference: string | undefined } {
  const parsed = CREATION[collection].safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(issue?.message ?? 'not understood', issue?.path.join('.'));
  }
  const { externalReference: reference, ...given } = parsed.data;
  const fields = madeFrom(collection, parsed.data, number, find) ?? { ...plain(given) };
  return { fields, reference };
}

function madeFrom(
  collection: Collection,
  body: object,
  number: number,
  find: Find,
): JsonObject | undefined {
  switch (collection) {
    case 'suppliers':
      return { number: String(10_000 + number), status: 'ACTIVE', ...withoutReference(body) };
    case 'items':
      return { number: `M-${number}`, status: 'ACTIVE', ...withoutReference(body) };
    case 'purchase-orders':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by its schema above.
      return orderFields(body as OrderBody, String(4_500_000_000 + number), find);
    case 'goods-receipts':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by its schema above.
      return receiptFields(body as ReceiptBody, number, find);
    case 'supplier-invoices':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by its schema above.
      return invoiceFields(body as InvoiceBody, number, find);
  }
}

/** An order's fields; its amounts are worked out exactly, and must equal those that were given. */
export function orderFields(body: OrderBody, orderNumber: string, find: Find): JsonObject {
  if (find('suppliers', body.supplierId) === undefined) {
    throw invalid(`there is no supplier ${body.supplierId}`, 'supplierId');
  }
  const lines = body.lines.map((line, at) => lineFields(line, at, find));
  const netAmount = sumDecimals(lines.map((line) => line.netAmount));
  if (body.netAmount !== undefined && compareDecimals(body.netAmount, netAmount) !== 0) {
    throw invalid(`the lines add up to ${netAmount}`, 'netAmount');
  }
  return {
    orderNumber,
    supplierId: body.supplierId,
    orderDate: body.orderDate,
    currency: body.currency,
    status: 'OPEN',
    netAmount,
    lines,
  };
}

function lineFields(
  line: OrderLineBody,
  at: number,
  find: Find,
): JsonObject & { readonly netAmount: Decimal } {
  if (line.itemId !== undefined && find('items', line.itemId) === undefined) {
    throw invalid(`there is no item ${line.itemId}`, `lines.${at}.itemId`);
  }
  if (compareDecimals(line.quantity, ZERO) <= 0) {
    throw invalid('must be above 0', `lines.${at}.quantity`);
  }
  if (compareDecimals(line.unitPrice, ZERO) < 0) {
    throw invalid('must not be below 0', `lines.${at}.unitPrice`);
  }
  const netAmount = multiplyDecimals(line.quantity, line.unitPrice);
  if (line.netAmount !== undefined && compareDecimals(line.netAmount, netAmount) !== 0) {
    throw invalid(`quantity times price is ${netAmount}`, `lines.${at}.netAmount`);
  }
  return {
    ...plain(line),
    lineNumber: line.lineNumber ?? (at + 1) * 10,
    receivedQuantity: '0',
    netAmount,
  };
}

function receiptFields(body: ReceiptBody, number: number, find: Find): JsonObject {
  const order = find('purchase-orders', body.purchaseOrderId);
  if (order === undefined) {
    throw invalid(`there is no order ${body.purchaseOrderId}`, 'purchaseOrderId');
  }
  if (order.fields['status'] === 'CANCELLED') {
    throw invalid('the order is cancelled', 'purchaseOrderId');
  }
  const ordered = linesOf(order.fields);
  const lines = body.lines.map((line, at) => {
    const match = ordered.find(({ lineNumber }) => lineNumber === line.orderLine);
    if (match === undefined) throw invalid('no such line', `lines.${at}.orderLine`);
    if (compareDecimals(line.quantity, ZERO) <= 0) {
      throw invalid('must be above 0', `lines.${at}.quantity`);
    }
    return { unit: match['unit'], itemId: match['itemId'], ...plain(line) };
  });
  return {
    receiptNumber: `GR-${number}`,
    purchaseOrderId: body.purchaseOrderId,
    receivedOn: body.receivedOn,
    status: 'POSTED',
    lines,
  };
}

function invoiceFields(body: InvoiceBody, number: number, find: Find): JsonObject {
  if (find('suppliers', body.supplierId) === undefined) {
    throw invalid(`there is no supplier ${body.supplierId}`, 'supplierId');
  }
  const order = body.purchaseOrderId;
  if (order !== undefined && find('purchase-orders', order) === undefined) {
    throw invalid(`there is no order ${order}`, 'purchaseOrderId');
  }
  const gross = addDecimals(body.netAmount, body.taxAmount);
  if (compareDecimals(gross, body.grossAmount) !== 0) {
    throw invalid(`net and tax are ${gross}`, 'grossAmount');
  }
  return { documentNumber: `SI-${number}`, status: 'POSTED', ...withoutReference(body) };
}

/** The order after a receipt's quantities came in, or (`sign` '-') went back. */
export function receivedInto(order: JsonObject, receipt: JsonObject, sign: '' | '-'): JsonObject {
  const arrived = linesOf(receipt);
  const lines = linesOf(order).map((line) => {
    const quantities = arrived
      .filter((part) => part['orderLine'] === line['lineNumber'])
      .map((part) => decimal(`${sign}${textIn(part, 'quantity')}`));
    const before = decimal(textIn(line, 'receivedQuantity'));
    const ordered = decimal(textIn(line, 'quantity'));
    return { ...line, receivedQuantity: sumDecimals([before, ...quantities]), ordered };
  });
  const full = lines.every((line) => compareDecimals(line.receivedQuantity, line.ordered) >= 0);
  const none = lines.every((line) => compareDecimals(line.receivedQuantity, ZERO) === 0);
  const status = none ? 'OPEN' : full ? 'RECEIVED' : 'PARTIALLY_RECEIVED';
  return { ...order, lines: lines.map(({ ordered: _known, ...line }) => line), status };
}

/** A field that is text; '' when it is not. */
export function textIn(fields: JsonObject, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** The objects under `lines`. */
export function linesOf(fields: JsonObject): readonly JsonObject[] {
  const lines = fields['lines'];
  return Array.isArray(lines) ? lines.filter(isObject) : [];
}

/** Whether it is a JSON object. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function withoutReference(body: object): JsonObject {
  const { externalReference: _ours, ...rest } = plain(body);
  return rest;
}

/** What a schema let through is JSON; keys without a value are dropped. */
function plain(value: object): JsonObject {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- printed from parsed JSON.
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
