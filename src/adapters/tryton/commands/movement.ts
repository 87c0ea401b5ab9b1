import type { ContentOf } from '#canonical';
import { parseDecimal } from '#kernel/decimal';
import { holdsReference, withReference } from '../reference.ts';
import { dateValue, id, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { CannotBook, contentOf, search } from './desk.ts';
import type { Desk } from './desk.ts';
import type { Creation, Standing } from './flow.ts';
import { locationOf, productOf, quantityOf, unitId, warehouseOf } from './resolve.ts';
import { discard, standingOf } from './standing.ts';

const MODEL = 'stock.shipment.internal';
const STATES = ['cancelled', 'request', 'draft', 'waiting', 'assigned', 'shipped', 'done'];

type Movement = ContentOf<'stock-movement'>;

/**
 * Stock that is moved within the company, lost or found: an internal shipment of one move, since a
 * bare move of Tryton's has no field for a reference. What it is read by is the move.
 */
export const postMovement: Creation = {
  flow: 'creation',
  operation: 'post-stock-movement',
  model: MODEL,
  async find(desk, { reference }) {
    const domain: Sent = [holdsReference('reference', reference)];
    const standing = await standingOf(desk, MODEL, domain, STATES);
    return standing && { ...standing, key: await moveOf(desk, standing) };
  },
  async begin(desk, command) {
    const movement = contentOf(command, 'stock-movement');
    const { from, to } = await placesOf(desk, movement);
    const product = await productOf(desk, movement.item, 'item');
    const { value, unit } = movement.quantity;
    const day = dateValue(movement.movedOn);
    const company = id(await desk.rpc.company(desk.stop));
    const move = {
      product: product.id,
      uom: await unitId(desk, unit, 'quantity.unit'),
      quantity: quantityOf(parseDecimal(value.replace('-', '')) ?? value, 'quantity.value'),
      from_location: from,
      to_location: to,
      company,
    };
    const values = {
      company,
      reference: withReference(movement.reason?.slice(0, 60), command.reference),
      from_location: from,
      to_location: to,
      planned_date: day,
      planned_start_date: day, // The same day: no place in between.
      effective_date: day,
      moves: [['create', [move]]],
    };
    return { model: MODEL, method: 'create', params: [[values]] };
  },
  next(state, { payload }) {
    if (payload['status'] !== 'posted') return undefined;
    return { request: 'draft', draft: 'wait', waiting: 'assign_try', assigned: 'done' }[state];
  },
  async undo(desk, { record, state }) {
    if (state === 'done') throw new Error('it is done');
    await discard(desk, MODEL, record, 'reference');
  },
};

/** From where to where: the sign of the quantity says it for what is lost or found. */
async function placesOf(desk: Desk, movement: Movement): Promise<{ from: Sent; to: Sent }> {
  const warehouse = await warehouseOf(desk, movement.warehouse, 'warehouse');
  const here = await locationOf(desk, warehouse, movement.location);
  const out = movement.quantity.value.startsWith('-');
  switch (movement.kind) {
    case 'transfer': {
      if (!out)
        throw new CannotBook('invalid', 'a transfer leaves: say it with a minus', 'quantity');
      const other =
        movement.toWarehouse === undefined
          ? warehouse
          : await warehouseOf(desk, movement.toWarehouse, 'toWarehouse');
      return { from: here, to: await locationOf(desk, other, movement.toLocation) };
    }
    case 'adjustment':
    case 'scrap': {
      const lost = await lostAndFound(desk);
      return out ? { from: here, to: lost } : { from: lost, to: here };
    }
    case 'consignment-in':
    case 'consignment-out':
    case 'issue':
    case 'production-issue':
    case 'production-receipt':
    case 'receipt':
    case 'return': {
      const reason = `Tryton books a ${movement.kind} with its document, not alone`;
      throw new CannotBook('invalid', reason, 'kind');
    }
  }
}

async function lostAndFound(desk: Desk): Promise<Sent> {
  const [found] = await search(desk, 'stock.location', [['type', '=', 'lost_found']], ['name']);
  if (found !== undefined) return id(textOf(found['id']));
  throw new CannotBook('invalid', 'Tryton has no location for what is lost and found', 'kind');
}

async function moveOf(desk: Desk, { record }: Standing): Promise<string> {
  const domain: Sent = [['shipment', '=', `${MODEL},${record}`]];
  const [move] = await search(desk, 'stock.move', domain, ['state']);
  return textOf(move?.['id']);
}
