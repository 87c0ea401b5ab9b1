import type { Command } from '#adapter-kit';
import type { PurchaseOrder, PurchaseOrderLine } from '#canonical';
import type { Json } from '#kernel';
import { compareDecimals, divideDecimals, parseDecimal, trimDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { dateValue, id, isId, numeric, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { CannotBook, contentOf, search, targetOf } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Alteration, Creation, Looked } from './flow.ts';
import {
  currencyId,
  defaultWarehouse,
  productOf,
  quantityOf,
  supplierOf,
  unitId,
  warehouseOf,
} from './resolve.ts';
import { discard, standingOf } from './standing.ts';

const MODEL = 'purchase.purchase';
const STATES = ['draft', 'quotation', 'confirmed', 'processing', 'done'];
const PRICE_SCALE = 10; // Tryton refuses what is finer than its own setting; we round nothing.

/** What a purchase must become for each of our statuses. Others are not made, they come about. */
const GOALS: Readonly<Record<string, string>> = {
  draft: 'draft',
  'awaiting-approval': 'quotation',
  issued: 'processing',
};

const METHODS: Readonly<Record<string, string>> = {
  draft: 'quote',
  quotation: 'confirm',
  confirmed: 'process',
};

/** The method that takes a purchase one state on, until it is where the status wants it. */
function next(state: string, { payload }: Command): string | undefined {
  const goal = GOALS[textOf(payload['status'])];
  const reached = STATES.indexOf(state);
  return goal === undefined || reached < 0 || reached >= STATES.indexOf(goal)
    ? undefined
    : METHODS[state];
}

export const createPurchase: Creation = {
  flow: 'creation',
  operation: 'create-purchase-order',
  model: MODEL,
  find: (desk, { reference }) =>
    standingOf(desk, MODEL, [['reference', '=', reference]], ['cancelled', ...STATES]),
  async begin(desk, command) {
    const order = contentOf(command, 'purchase-order');
    refuseStatus(order);
    const supplier = await supplierOf(desk, order.supplier);
    const lines = await Promise.all(
      order.lines.map(async (line, at) => {
        const values = await newLine(desk, order, line, `lines.${at}`);
        return { ...values, sequence: (at + 1) * 10 };
      }),
    );
    const values = {
      company: id(await desk.rpc.company(desk.stop)),
      party: supplier.id,
      invoice_address: supplier.invoiceAddress,
      payment_term: supplier.paymentTerm,
      currency: await currencyId(desk, order.currency),
      warehouse: await warehouseFor(desk, order),
      purchase_date: dateValue(order.issuedOn),
      reference: command.reference,
      description: order.number,
      lines: [['create', lines]],
    };
    return { model: MODEL, method: 'create', params: [[values]] };
  },
  next,
  undo: (desk, { record }) => discard(desk, MODEL, record, 'reference'),
};

export const updatePurchase: Alteration = {
  flow: 'alteration',
  operation: 'update-purchase-order',
  model: MODEL,
  async look(desk, command) {
    const order = contentOf(command, 'purchase-order');
    refuseStatus(order);
    const standing = await standingOf(desk, MODEL, [['id', '=', id(targetOf(command))]], STATES);
    if (standing === undefined) return undefined;
    const changes = await lineChanges(desk, standing.record, order);
    const asWanted = changes.length === 0 && (await dayOf(desk, standing)) === order.issuedOn;
    return { ...standing, asWanted };
  },
  async call(desk, command, looked) {
    const order = contentOf(command, 'purchase-order');
    const changes = await lineChanges(desk, looked.record, order);
    refuseState(looked, changes);
    const values = { purchase_date: dateValue(order.issuedOn), lines: changes };
    return { model: MODEL, method: 'write', params: [[id(looked.record)], values] };
  },
  next,
};

export const cancelPurchase: Alteration = {
  flow: 'alteration',
  operation: 'cancel-purchase-order',
  model: MODEL,
  async look(desk, command) {
    const domain: Sent = [['id', '=', id(targetOf(command))]];
    const standing = await standingOf(desk, MODEL, domain, STATES);
    return standing && { ...standing, asWanted: standing.state === 'cancelled' };
  },
  async call(_desk, _command, { record, state }) {
    if (state !== 'draft' && state !== 'quotation') {
      throw new CannotBook('invalid', `Tryton cancels no order that is ${state}`);
    }
    return Promise.resolve({ model: MODEL, method: 'cancel', params: [[id(record)]] });
  },
};

function refuseStatus({ status }: PurchaseOrder): void {
  if (GOALS[status] !== undefined) return;
  throw new CannotBook('invalid', `an order is not made ${status}: it becomes so`, 'status');
}

function refuseState({ state }: Looked, changes: readonly Sent[]): void {
  if (state !== 'draft' && state !== 'quotation') {
    const reason = `Tryton changes no order that is ${state}: cancel what is open and order anew`;
    throw new CannotBook('invalid', reason, 'status');
  }
  const deletes = changes.some((change) => Array.isArray(change) && change[0] === 'delete');
  if (deletes && state !== 'draft') {
    throw new CannotBook('invalid', 'Tryton deletes lines of drafts only', 'lines');
  }
}

async function warehouseFor(desk: Desk, { extensions }: PurchaseOrder): Promise<Sent> {
  const named = extensions?.['warehouse'];
  if (typeof named !== 'string') return defaultWarehouse(desk);
  return (await warehouseOf(desk, named, 'extensions.warehouse')).id;
}

async function newLine(
  desk: Desk,
  order: PurchaseOrder,
  line: PurchaseOrderLine,
  field: string,
): Promise<{ readonly [name: string]: Sent }> {
  const item =
    line.item === undefined ? undefined : await productOf(desk, line.item, `${field}.item`);
  const { value, unit } = line.ordered;
  const sign = order.kind === 'return' ? '-' : '';
  return {
    type: 'line',
    ...(item === undefined ? {} : { product: item.id, taxes: [['add', item.taxes]] }),
    ...(item === undefined ? {} : { unit: await unitId(desk, unit, `${field}.ordered.unit`) }),
    description: line.text ?? item?.name ?? '',
    quantity: quantityOf(negated(value, sign), `${field}.ordered.value`),
    unit_price: numeric(priceOf(line, field)),
    ...dayValues(line),
  };
}

const negated = (value: Decimal, sign: string): Decimal => parseDecimal(`${sign}${value}`) ?? value;

const dayValues = ({ promisedOn }: PurchaseOrderLine): { readonly [name: string]: Sent } =>
  promisedOn === undefined
    ? {}
    : { delivery_date_edit: true, delivery_date_store: dateValue(promisedOn) };

/** The price of one unit, exactly; Tryton has no price per hundred. */
function priceOf({ unitPrice, priceBase }: PurchaseOrderLine, field: string): Decimal {
  const price = divideDecimals(unitPrice, priceBase, PRICE_SCALE, 'down');
  if (price !== undefined) return trimDecimal(price);
  throw new CannotBook('invalid', 'a price per nothing', `${field}.priceBase`);
}

/**
 * What must be done to the order's lines to make them the payload's. A line is known by its
 * number, which is Tryton's id of it; a number that Tryton does not know is a new line.
 */
async function lineChanges(
  desk: Desk,
  record: string,
  order: PurchaseOrder,
): Promise<readonly Sent[]> {
  const domain: Sent = [
    ['purchase', '=', id(record)],
    ['type', '=', 'line'],
  ];
  const fields = ['quantity', 'unit_price', 'delivery_date', 'product'];
  const rows = await search(desk, 'purchase.line', domain, fields);
  const now = new Map(rows.map((row) => [textOf(row['id']), row]));
  const wanted = new Set(order.lines.map(({ number }) => number));
  const changes: Sent[] = [];
  for (const [at, line] of order.lines.entries()) {
    const field = `lines.${at}`;
    const row = isId(line.number) ? now.get(line.number) : undefined;
    if (row === undefined) {
      changes.push(['create', [await newLine(desk, order, line, field)]]);
      continue;
    }
    if (textOf(row['product']) !== (line.item ?? '')) {
      throw new CannotBook('invalid', 'a line keeps its item', `${field}.item`);
    }
    const values = differing(line, row, field);
    if (Object.keys(values).length > 0) changes.push(['write', [id(line.number)], values]);
  }
  const gone = [...now.keys()].filter((key) => !wanted.has(key));
  if (gone.length > 0) changes.push(['delete', gone.map(id)]);
  return changes;
}

function differing(
  line: PurchaseOrderLine,
  row: Readonly<Record<string, Json | undefined>>,
  field: string,
): { readonly [name: string]: Sent } {
  const price = priceOf(line, field);
  const { promisedOn } = line;
  const sameDay = promisedOn === undefined || promisedOn === textOf(row['delivery_date']);
  return {
    ...(sameAs(line.ordered.value, row['quantity'])
      ? {}
      : { quantity: quantityOf(line.ordered.value, `${field}.ordered.value`) }),
    ...(sameAs(price, row['unit_price']) ? {} : { unit_price: numeric(price) }),
    ...(sameDay ? {} : dayValues(line)),
  };
}

function sameAs(wanted: Decimal, now: Json | undefined): boolean {
  const stated = parseDecimal(textOf(now));
  return stated !== undefined && compareDecimals(wanted, stated) === 0;
}

async function dayOf(desk: Desk, { record }: { readonly record: string }): Promise<string> {
  const [row] = await search(desk, MODEL, [['id', '=', id(record)]], ['purchase_date']);
  return textOf(row?.['purchase_date']);
}
