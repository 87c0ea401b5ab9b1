import { decimal } from '#kernel/decimal';
import { holdsReference, withReference } from '../reference.ts';
import { dateValue, id, numeric, textOf } from '../wire.ts';
import type { Sent } from '../wire.ts';
import { CannotBook, contentOf, targetOf } from './desk.ts';
import type { Alteration, Creation } from './flow.ts';
import { productOf, quantityOf, unitId, warehouseOf } from './resolve.ts';
import { discard, standingOf } from './standing.ts';

const MODEL = 'production';
const STATES = ['cancelled', 'request', 'draft', 'waiting', 'assigned', 'running', 'done'];
const GOALS: Readonly<Record<string, string>> = { planned: 'draft', released: 'waiting' };

/** An order to make something, with what goes in as the payload says it. */
export const createProduction: Creation = {
  flow: 'creation',
  operation: 'create-work-order',
  model: MODEL,
  find: (desk, { reference }) =>
    standingOf(desk, MODEL, [holdsReference('reference', reference)], STATES),
  async begin(desk, command) {
    const order = contentOf(command, 'work-order');
    if (GOALS[order.status] === undefined) {
      throw new CannotBook('invalid', `a work order is not made ${order.status}`, 'status');
    }
    const warehouse = await warehouseOf(desk, order.warehouse, 'warehouse');
    const company = id(await desk.rpc.company(desk.stop));
    const made = await productOf(desk, order.item, 'item');
    const unit = await unitId(desk, order.quantity.unit, 'quantity.unit');
    const quantity = quantityOf(order.quantity.value, 'quantity.value');
    const inputs = await Promise.all(
      (order.components ?? []).map(async ({ item, required }, at) => ({
        product: (await productOf(desk, item, `components.${at}.item`)).id,
        uom: await unitId(desk, required.unit, `components.${at}.required.unit`),
        quantity: quantityOf(required.value, `components.${at}.required.value`),
        from_location: warehouse.storage,
        to_location: warehouse.production,
        company,
      })),
    );
    const output = {
      product: made.id,
      uom: unit,
      quantity,
      from_location: warehouse.production,
      to_location: warehouse.storage,
      company,
      unit_price: numeric(decimal('0')), // Tryton sets the cost when it is done.
    };
    const start = order.plannedStartOn ?? order.plannedEndOn;
    const end = order.plannedEndOn ?? order.plannedStartOn;
    const values: { readonly [name: string]: Sent } = {
      company,
      reference: withReference(order.number, command.reference),
      product: made.id,
      uom: unit,
      quantity,
      warehouse: warehouse.id,
      location: warehouse.production,
      ...(start === undefined ? {} : { planned_start_date: dateValue(start) }),
      ...(end === undefined ? {} : { planned_date: dateValue(end) }),
      inputs: [['create', inputs]],
      outputs: [['create', [output]]],
    };
    return { model: MODEL, method: 'create', params: [[values]] };
  },
  next: (state, { payload }) =>
    state === 'draft' && GOALS[textOf(payload['status'])] === 'waiting' ? 'wait' : undefined,
  undo: (desk, { record }) => discard(desk, MODEL, record, 'reference'),
};

export const cancelProduction: Alteration = {
  flow: 'alteration',
  operation: 'cancel-work-order',
  model: MODEL,
  async look(desk, command) {
    const domain: Sent = [['id', '=', id(targetOf(command))]];
    const standing = await standingOf(desk, MODEL, domain, STATES);
    return standing && { ...standing, asWanted: standing.state === 'cancelled' };
  },
  async call(_desk, _command, { record }) {
    return Promise.resolve({ model: MODEL, method: 'cancel', params: [[id(record)]] });
  },
};
