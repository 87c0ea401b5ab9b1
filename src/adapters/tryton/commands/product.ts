import { id, numeric, textOf } from '../wire.ts';
import { CannotBook, contentOf, search } from './desk.ts';
import type { Creation } from './flow.ts';
import { unitId } from './resolve.ts';
import { callOn } from './standing.ts';
import { decimal } from '#kernel/decimal';

const MODEL = 'product.template';

/** A template with one product, which is the item; our reference is one of its identifiers. */
export const createItem: Creation = {
  flow: 'creation',
  operation: 'create-item',
  model: MODEL,
  async find(desk, { reference }) {
    const domain = [['identifiers.code', '=', reference]];
    const fields = ['code', 'template', 'active', '_timestamp'];
    const [row] = await search(desk, 'product.product', domain, fields);
    if (row === undefined) return undefined;
    return {
      record: textOf(row['template']),
      key: textOf(row['id']),
      state: row['active'] === true ? 'active' : 'inactive',
      version: textOf(row['_timestamp']),
      number: textOf(row['code']),
    };
  },
  async begin(desk, command) {
    const item = contentOf(command, 'item');
    if (item.status === 'blocked') {
      throw new CannotBook('invalid', 'Tryton blocks no items', 'status');
    }
    const unit = await unitId(desk, item.baseUnit, 'baseUnit');
    const values = {
      name: item.name,
      code: item.number,
      active: item.status === 'active',
      type: item.kind === 'service' ? 'service' : 'goods',
      default_uom: unit,
      purchasable: true,
      purchase_uom: unit,
      producible: item.kind === 'subassembly' || item.kind === 'finished',
      list_price: numeric(item.listPrice?.amount ?? decimal('0')),
      products: [
        [
          'create',
          [
            {
              cost_price: numeric(item.standardCost?.amount ?? decimal('0')),
              identifiers: [['create', [{ code: command.reference }]]],
            },
          ],
        ],
      ],
    };
    return { model: MODEL, method: 'create', params: [[values]] };
  },
  next: () => undefined,
  undo: (desk, { record }) => callOn(desk, MODEL, 'delete', [[id(record)]]),
};
