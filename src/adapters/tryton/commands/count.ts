import { dateValue, id } from '../wire.ts';
import { CannotBook, contentOf } from './desk.ts';
import type { Creation } from './flow.ts';
import { locationOf, productOf, quantityOf, warehouseOf } from './resolve.ts';
import { discard, standingOf } from './standing.ts';

const MODEL = 'stock.inventory';

/** A count of one place. Tryton keeps no reference of a count: its number is ours. */
export const postCount: Creation = {
  flow: 'creation',
  operation: 'post-stock-count',
  model: MODEL,
  find: (desk, { reference }) =>
    standingOf(desk, MODEL, [['number', '=', reference]], ['cancelled', 'draft', 'done']),
  async begin(desk, command) {
    const count = contentOf(command, 'stock-count');
    if (count.status === 'cancelled') throw new CannotBook('invalid', 'it is cancelled', 'status');
    if (count.warehouse === undefined) {
      throw new CannotBook('invalid', 'Tryton counts in a warehouse', 'warehouse');
    }
    const spots = new Set(count.lines.map(({ location }) => location ?? count.location));
    if (spots.size > 1) {
      throw new CannotBook('invalid', 'Tryton counts one location at a time', 'lines');
    }
    const [spot] = spots;
    const warehouse = await warehouseOf(desk, count.warehouse, 'warehouse');
    const lines = await Promise.all(
      count.lines.map(async ({ item, counted }, at) => {
        const product = await productOf(desk, item, `lines.${at}.item`);
        return {
          product: product.id,
          quantity: counted === undefined ? null : quantityOf(counted, `lines.${at}.counted`),
        };
      }),
    );
    const values = {
      company: id(await desk.rpc.company(desk.stop)),
      location: await locationOf(desk, warehouse, spot),
      date: dateValue(count.countedOn),
      number: command.reference,
      empty_quantity: 'keep', // What was not counted stays as the books have it.
      lines: [['create', lines]],
    };
    return { model: MODEL, method: 'create', params: [[values]] };
  },
  next: (state, { payload }) =>
    state === 'draft' && payload['status'] === 'posted' ? 'confirm' : undefined,
  undo: (desk, { record }) => discard(desk, MODEL, record, 'number'),
};
