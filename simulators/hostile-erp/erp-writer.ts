import type {
  BatchWriter,
  Command,
  Found,
  Operation,
  Rejection,
  WriteOutcome,
  Writer,
} from '#adapter-kit';
import type { Json, JsonObject } from '#kernel';
import type { Collection } from './document.ts';
import type { ErpClient, ErpReply } from './erp-client.ts';
import { isObject, linesOf, textIn } from './make-fields.ts';

type Request = {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: JsonObject;
};
type Way = { readonly collection: Collection; readonly does: 'create' | 'change' | 'cancel' };

const WAYS: Readonly<Partial<Record<Operation, Way>>> = {
  'create-supplier': { collection: 'suppliers', does: 'create' },
  'update-supplier': { collection: 'suppliers', does: 'change' },
  'create-item': { collection: 'items', does: 'create' },
  'update-item': { collection: 'items', does: 'change' },
  'create-purchase-order': { collection: 'purchase-orders', does: 'create' },
  'update-purchase-order': { collection: 'purchase-orders', does: 'change' },
  'cancel-purchase-order': { collection: 'purchase-orders', does: 'cancel' },
  'post-goods-receipt': { collection: 'goods-receipts', does: 'create' },
  'reverse-goods-receipt': { collection: 'goods-receipts', does: 'cancel' },
  'post-supplier-invoice': { collection: 'supplier-invoices', does: 'create' },
  'cancel-supplier-invoice': { collection: 'supplier-invoices', does: 'cancel' },
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table above.
export const ERP_WRITES = Object.keys(WAYS) as Operation[];

const REJECTIONS: Readonly<Record<number, Rejection>> = {
  400: 'invalid',
  401: 'unavailable', // The token was void: the next try signs in.
  403: 'forbidden',
  404: 'not-found',
  405: 'unsupported',
  409: 'conflict',
  412: 'conflict',
  422: 'invalid',
  429: 'limited',
  503: 'unavailable',
};
const UNSUPPORTED: WriteOutcome = {
  outcome: 'rejected',
  why: 'unsupported',
  code: 'none',
  reason: 'the hostile ERP does not know this operation',
};
const BATCH_MAX = 50;

/** Writes to the ERP; every command carries our reference, by which it can be looked up. */
export function erpWriter(call: ErpClient, batches: boolean): Writer {
  return {
    async write(command, stop) {
      const request = requestFor(command);
      if (request === undefined) return UNSUPPORTED;
      const { method, path, body } = request;
      const version = command.target?.version;
      const ifMatch = version === undefined ? {} : { ifMatch: version };
      return outcomeOf(await call(method, path, { body, ...ifMatch, stop }));
    },
    async lookup(command, stop) {
      const way = WAYS[command.operation];
      if (way === undefined) return undefined;
      const reference = encodeURIComponent(command.reference);
      const reply = await call('GET', `${way.collection}?reference=${reference}`, { stop });
      const documents = reply.body['data'];
      if (reply.status !== 200 || !Array.isArray(documents)) {
        throw new Error(`looking for ${command.reference}: ${reply.failure ?? reply.status}`);
      }
      const booked = documents.filter(isObject).find((one) => carries(one, way, command.reference));
      return booked === undefined ? undefined : foundOf(booked);
    },
    preview: (command) => ({ ...requestFor(command) }),
    ...(batches ? { many: batchWriter(call) } : {}),
  };
}

function batchWriter(call: ErpClient): BatchWriter {
  return {
    commandsMax: BATCH_MAX,
    async write(commands, stop) {
      const requests = commands.map(requestFor);
      const [first] = requests;
      if (first === undefined) return { all: UNSUPPORTED };
      const documents = requests.map((request) => request?.body ?? {});
      const reply = await call('POST', `${first.path}/batch`, { body: { documents }, stop });
      const made = reply.body['data'];
      if (reply.status !== 201 || !Array.isArray(made)) return { all: outcomeOf(reply) };
      return { each: made.filter(isObject).map(acceptedOf) };
    },
  };
}

function requestFor({ operation, reference, payload, target }: Command): Request | undefined {
  const way = WAYS[operation];
  if (way === undefined) return undefined;
  const path = `${way.collection}/${encodeURIComponent(target?.key ?? '')}`;
  const externalReference = reference;
  if (way.does === 'cancel') {
    return { method: 'POST', path: `${path}/cancel`, body: { externalReference } };
  }
  const body = { ...fieldsOf(way.collection, payload), externalReference };
  return way.does === 'change'
    ? { method: 'PATCH', path, body }
    : { method: 'POST', path: way.collection, body };
}

function outcomeOf(reply: ErpReply): WriteOutcome {
  const { status, body, refused, failure, retryAfterMs } = reply;
  if (status === 0 && refused !== true) {
    return { outcome: 'uncertain', reason: failure ?? 'no answer' };
  }
  const error = isObject(body['error']) ? body['error'] : undefined;
  if (status >= 200 && status < 300 && error === undefined) return acceptedOf(body);
  const why = status === 0 ? 'unavailable' : REJECTIONS[status];
  if (why === undefined) return { outcome: 'uncertain', reason: `the ERP answered ${status}` };
  const field = error === undefined ? '' : textIn(error, 'field');
  return {
    outcome: 'rejected',
    why,
    code: (error && textIn(error, 'code')) ?? 'none',
    reason: (error && textIn(error, 'message')) ?? failure ?? `the ERP answered ${status}`,
    ...(field === '' ? {} : { field }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function acceptedOf(document: JsonObject): WriteOutcome {
  return { outcome: 'accepted', ...foundOf(document) };
}

function foundOf(document: JsonObject): Found {
  const status = document['status'];
  return {
    key: textIn(document, 'id'),
    version: textIn(document, 'version'),
    ...(typeof status === 'string' ? { detail: { status } } : {}),
  };
}

function carries(document: JsonObject, { does }: Way, reference: string): boolean {
  const changes = document['changeReferences'];
  return does === 'create'
    ? document['externalReference'] === reference
    : Array.isArray(changes) && changes.includes(reference);
}

/** Canonical content as the ERP's fields; what the ERP has no field for stays here. */
function fieldsOf(collection: Collection, payload: JsonObject): JsonObject {
  const lines = linesOf(payload);
  switch (collection) {
    case 'suppliers':
      return known({
        name: payload['name'],
        status: payload['status'] === undefined ? undefined : statusOf(payload),
        country: payload['country'],
        city: payload['city'],
        currency: payload['currency'],
        paymentTerms: payload['paymentTerms'],
      });
    case 'items':
      return known({
        description: payload['name'],
        unit: payload['baseUnit'],
        status: payload['status'] === undefined ? undefined : statusOf(payload),
        standardCost: isObject(payload['standardCost'])
          ? payload['standardCost']['amount']
          : undefined,
      });
    case 'purchase-orders':
      return known({
        supplierId: payload['supplier'],
        orderDate: payload['issuedOn'],
        currency: payload['currency'],
        netAmount: payload['netAmount'],
        lines: payload['lines'] === undefined ? undefined : lines.map(orderLineOf),
      });
    case 'goods-receipts':
      return known({
        purchaseOrderId: lines[0]?.['order'],
        receivedOn: payload['receivedOn'],
        lines: lines.map((line) => ({
          orderLine: Number(line['orderLine']),
          quantity: isObject(line['quantity']) ? line['quantity']['value'] : undefined,
        })),
      });
    case 'supplier-invoices':
      return known({
        supplierInvoiceNumber: payload['number'],
        supplierId: payload['supplier'],
        purchaseOrderId: lines[0]?.['order'],
        invoiceDate: payload['issuedOn'],
        currency: payload['currency'],
        netAmount: payload['netAmount'],
        taxAmount: payload['taxAmount'] ?? '0',
        grossAmount: payload['grossAmount'],
      });
  }
}

function orderLineOf(line: JsonObject): JsonObject {
  const ordered = isObject(line['ordered']) ? line['ordered'] : {};
  return known({
    lineNumber: Number(line['number']),
    itemId: line['item'],
    description: line['text'],
    quantity: ordered['value'],
    unit: ordered['unit'],
    unitPrice: line['unitPrice'],
    netAmount: line['netAmount'],
    dueDate: line['promisedOn'],
  });
}

const statusOf = (payload: JsonObject): string =>
  payload['status'] === 'active' ? 'ACTIVE' : 'BLOCKED';

function known(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
