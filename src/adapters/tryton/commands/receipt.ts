import type { Command } from '#adapter-kit';
import type { ContentOf } from '#canonical';
import type { JsonObject } from '#kernel';
import { addDecimals, compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { holdsReference, withReceipt, withReference } from '../reference.ts';
import type { Seen } from '../rpc.ts';
import { dateValue, float, id, isId, numeric, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { CannotBook, contentOf, search, targetOf } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Alteration, Creation } from './flow.ts';
import { decimalFrom, productOf, quantityOf, supplierOf, unitId, warehouseOf } from './resolve.ts';
import { symbolOf } from './units.ts';
import { callOn, discard, standingOf } from './standing.ts';

const MODEL = 'stock.shipment.in';
const STATES = ['cancelled', 'draft', 'received', 'done'];

type Receipt = ContentOf<'goods-receipt'>;
type Notice = ContentOf<'shipment-notice'>;
type Line = Receipt['lines'][number] | Notice['lines'][number];

/** Goods that came: a supplier shipment, received and, when posted, put into storage. */
export const postReceipt: Creation = {
  flow: 'creation',
  operation: 'post-goods-receipt',
  model: MODEL,
  find: (desk, { reference }) => standingOf(desk, MODEL, referenced(reference), STATES),
  async begin(desk, command) {
    const receipt = contentOf(command, 'goods-receipt');
    if (receipt.status === 'cancelled' || receipt.reversalOf !== undefined) {
      throw new CannotBook('invalid', 'a reversal is another operation', 'status');
    }
    const { lines, deliveryNote, receivedOn } = receipt;
    if (receipt.supplier === undefined) {
      throw new CannotBook('invalid', 'Tryton receives from a supplier', 'supplier');
    }
    const shipment = { ...receipt, supplier: receipt.supplier, lines };
    const gathered = await gatherMoves(desk, shipment);
    const own = { effective_date: dateValue(receivedOn) };
    if (gathered.announced === undefined) {
      const values = await shipmentValues(desk, shipment, gathered.actions);
      const reference = withReference(deliveryNote, command.reference);
      return { ...create({ ...values, ...own, reference }), seen: gathered.seen };
    }
    const { key, reference: told, moves } = gathered.announced;
    const left = moves.filter((move) => !gathered.moves.has(move));
    const actions = [...gathered.actions, ...(left.length > 0 ? [['remove', left.map(id)]] : [])];
    const values = {
      ...own,
      reference: withReceipt(told, command.reference),
      incoming_moves: actions,
    };
    return { model: MODEL, method: 'write', params: [[id(key)], values], seen: gathered.seen };
  },
  next(state, { payload }) {
    if (state === 'draft') return 'receive';
    return state === 'received' && payload['status'] === 'posted' ? 'done' : undefined;
  },
  undo: releaseShipment,
};

/** Goods on their way: a supplier shipment that stays a draft until they come. */
export const createNotice: Creation = {
  flow: 'creation',
  operation: 'create-shipment-notice',
  model: MODEL,
  find: (desk, { reference }) => standingOf(desk, MODEL, referenced(reference), STATES),
  async begin(desk, command) {
    const notice = contentOf(command, 'shipment-notice');
    if (notice.direction !== 'inbound' || notice.status !== 'announced') {
      const reason = 'Tryton is told of goods that are announced and inbound';
      throw new CannotBook('invalid', reason, 'direction');
    }
    const gathered = await gatherMoves(desk, notice);
    if (gathered.announced !== undefined) {
      const reason = `what is open of these lines is announced by shipment ${gathered.announced.key}`;
      throw new CannotBook('invalid', reason, 'lines');
    }
    const values = await shipmentValues(desk, notice, gathered.actions);
    const day =
      notice.expectedOn === undefined ? {} : { planned_date: dateValue(notice.expectedOn) };
    const reference = withReference(notice.number, command.reference);
    return { ...create({ ...values, ...day, reference }), seen: gathered.seen };
  },
  next: () => undefined,
  undo: releaseShipment,
};

export const cancelNotice: Alteration = {
  flow: 'alteration',
  operation: 'cancel-shipment-notice',
  model: MODEL,
  async look(desk, command) {
    const domain: Sent = [['id', '=', id(targetOf(command))]];
    const standing = await standingOf(desk, MODEL, domain, STATES);
    if (standing === undefined) return undefined;
    const begun = (await movesIn(desk, standing.record)).length === 0;
    return { ...standing, begun, asWanted: standing.state === 'cancelled' };
  },
  /** The orders' moves go free first: cancelled with the notice, they would be missing for good. */
  async call(desk, _command, { record, state }) {
    if (state !== 'draft') {
      throw new CannotBook('invalid', `the goods are ${state}: a notice is cancelled before that`);
    }
    const moves = await movesIn(desk, record);
    const values = { incoming_moves: [['remove', moves.map((move) => id(textOf(move['id'])))]] };
    return { model: MODEL, method: 'write', params: [[id(record)], values] };
  },
  next: (state) => (state === 'draft' ? 'cancel' : undefined),
};

const referenced = (reference: string): Sent => [holdsReference('reference', reference)];

const create = (values: { readonly [name: string]: Sent }) => ({
  model: MODEL,
  method: 'create',
  params: [[values]],
});

type Shipment = {
  readonly supplier: string;
  readonly warehouse: string;
  readonly lines: readonly Line[];
};

async function shipmentValues(
  desk: Desk,
  { supplier, warehouse }: Shipment,
  actions: readonly Sent[],
): Promise<{ readonly [name: string]: Sent }> {
  return {
    company: id(await desk.rpc.company(desk.stop)),
    supplier: (await supplierOf(desk, supplier)).id,
    warehouse: (await warehouseOf(desk, warehouse, 'warehouse')).id,
    incoming_moves: actions,
  };
}

type Gathered = {
  readonly actions: readonly Sent[];
  readonly seen: readonly Seen[]; // The moves: a call that comes late must not take them away again.
  readonly moves: ReadonlySet<string>;
  /** The draft shipment that the moves are already in: a notice of it came before. */
  readonly announced:
    | { readonly key: string; readonly reference: string; readonly moves: readonly string[] }
    | undefined;
};

/**
 * The moves of a shipment. Tryton holds one open move per order line; taking a part of it into a
 * shipment makes Tryton open another for the rest as soon as the goods are in.
 */
async function gatherMoves(desk: Desk, shipment: Shipment): Promise<Gathered> {
  const taken = new Map<string, { readonly quantity: Decimal; readonly move: JsonObject }>();
  const fresh: Sent[] = [];
  for (const [at, line] of shipment.lines.entries()) {
    const field = `lines.${at}`;
    if (line.order === undefined) {
      fresh.push(await freshMove(desk, shipment, line, field));
      continue;
    }
    const move = await openMove(desk, line, field);
    const key = textOf(move['id']);
    const before = taken.get(key)?.quantity ?? decimal('0');
    taken.set(key, { quantity: addDecimals(before, line.quantity.value), move });
  }
  const adding = [...taken].filter(([, { move }]) => textOf(move['shipment']) === '');
  const resized = [...taken].flatMap(([key, { quantity, move }]) =>
    compareDecimals(quantity, decimalFrom(move, 'quantity')) === 0
      ? []
      : [['write', [id(key)], { quantity: quantityOf(quantity, 'lines') }]],
  );
  const actions: Sent[] = [
    ...(adding.length > 0 ? [['add', adding.map(([key]) => id(key))]] : []),
    ...resized,
    ...(fresh.length > 0 ? [['create', fresh]] : []),
  ];
  const seen = [...taken].map(([key, { move }]) => {
    return { model: 'stock.move', key, version: textOf(move['_timestamp']) };
  });
  return { actions, seen, moves: new Set(taken.keys()), announced: await announcedOf(desk, taken) };
}

async function announcedOf(
  desk: Desk,
  taken: ReadonlyMap<string, { readonly move: JsonObject }>,
): Promise<Gathered['announced']> {
  const shipments = new Set([...taken.values()].map(({ move }) => textOf(move['shipment'])));
  shipments.delete('');
  if (shipments.size === 0) return undefined;
  const [only = ''] = shipments;
  const key = only.replace(/^.*,/, '');
  if (shipments.size > 1) {
    throw new CannotBook('invalid', 'these lines were announced in several shipments', 'lines');
  }
  const domain: Sent = [['id', '=', id(key)]];
  const [row] = await search(desk, MODEL, domain, ['reference', 'incoming_moves']);
  const moves = row?.['incoming_moves'];
  return {
    key,
    reference: textOf(row?.['reference']),
    moves: Array.isArray(moves) ? moves.map((move) => textOf(move)) : [],
  };
}

/** The open move of an order's line. */
async function openMove(desk: Desk, line: Line, field: string): Promise<JsonObject> {
  const { order = '', orderLine = '' } = line;
  if (!isId(orderLine)) {
    throw new CannotBook('invalid', 'name the line of the order', `${field}.orderLine`);
  }
  const domain: Sent = [
    ['origin', '=', `purchase.line,${orderLine}`],
    ['state', '=', 'draft'],
  ];
  const fields = ['quantity', 'uom.symbol', 'shipment', 'product', 'purchase', '_timestamp'];
  const found = await search(desk, 'stock.move', domain, fields);
  const [move] = found.toSorted(
    (a, b) => textOf(b['shipment']).length - textOf(a['shipment']).length,
  );
  if (move === undefined || textOf(move['purchase']) !== order) {
    const reason = `nothing is open of line ${orderLine} of order ${order}`;
    throw new CannotBook('invalid', reason, `${field}.orderLine`);
  }
  if (textOf(move['product']) !== line.item) {
    throw new CannotBook('invalid', 'the order line is of another item', `${field}.item`);
  }
  const { uom } = move;
  const symbol = typeof uom === 'object' && uom !== null && 'symbol' in uom ? uom['symbol'] : '';
  if (symbol !== symbolOf(line.quantity.unit)) {
    const reason = `the order line is in '${textOf(symbol)}'`;
    throw new CannotBook('invalid', reason, `${field}.quantity.unit`);
  }
  return move;
}

/** A move without an order. Tryton may ask a person whether that is meant. */
async function freshMove(desk: Desk, shipment: Shipment, line: Line, field: string): Promise<Sent> {
  const supplier = await supplierOf(desk, shipment.supplier);
  const warehouse = await warehouseOf(desk, shipment.warehouse, 'warehouse');
  const item = await productOf(desk, line.item, `${field}.item`);
  return {
    product: item.id,
    uom: await unitId(desk, line.quantity.unit, `${field}.quantity.unit`),
    quantity: quantityOf(line.quantity.value, `${field}.quantity.value`),
    from_location: supplier.location,
    to_location: warehouse.input,
    company: id(await desk.rpc.company(desk.stop)),
    unit_price: numeric(decimal('0')),
  };
}

/**
 * Takes a draft shipment back: the orders' moves go free as they were, and what is left is deleted.
 * A draft that was announced before stays one, without our reference.
 */
async function releaseShipment(
  desk: Desk,
  { record, state }: { readonly record: string; readonly state: string },
  command: Command,
): Promise<void> {
  if (state !== 'draft') throw new Error(`the goods are ${state}`);
  const [row] = await search(desk, MODEL, [['id', '=', id(record)]], ['reference']);
  const told = textOf(row?.['reference']);
  if (told.endsWith(withReceipt('', command.reference))) {
    const before = told.slice(0, -withReceipt('', command.reference).length);
    return callOn(desk, MODEL, 'write', [[id(record)], { reference: before }]);
  }
  const moves = await movesIn(desk, record);
  const ids = moves.map((move) => id(textOf(move['id'])));
  await callOn(desk, MODEL, 'write', [[id(record)], { incoming_moves: [['remove', ids]] }]);
  await discard(desk, MODEL, record, 'reference');
  await restoreMoves(desk, moves);
}

/** The moves of orders in a shipment. */
const movesIn = (desk: Desk, record: string): Promise<readonly JsonObject[]> =>
  search(
    desk,
    'stock.move',
    [
      ['shipment', '=', `${MODEL},${record}`],
      ['origin', 'like', 'purchase.line,%'],
    ],
    ['purchase'],
  );

/** Gives each order's line one open move of all that is still to come, as Tryton itself would. */
async function restoreMoves(desk: Desk, moves: readonly JsonObject[]): Promise<void> {
  for (const move of moves) {
    const [row] = await search(
      desk,
      'stock.move',
      [['id', '=', id(textOf(move['id']))]],
      ['origin'],
    );
    const line = textOf(row?.['origin']).replace(/^.*,/, '');
    const [ordered] = await search(desk, 'purchase.line', [['id', '=', id(line)]], ['quantity']);
    const domain: Sent = [
      ['origin', '=', `purchase.line,${line}`],
      ['state', '!=', 'cancelled'],
      ['id', '!=', id(textOf(move['id']))],
    ];
    const others = await search(desk, 'stock.move', domain, ['quantity']);
    const taken = others.reduce(
      (sum, other) => addDecimals(sum, decimalFrom(other, 'quantity')),
      decimal('0'),
    );
    const open = subtractDecimals(decimalFrom(ordered ?? {}, 'quantity'), taken);
    await callOn(desk, 'stock.move', 'write', [
      [id(textOf(move['id']))],
      { quantity: float(open) },
    ]);
  }
}
