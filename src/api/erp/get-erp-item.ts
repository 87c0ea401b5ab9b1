import type { Handle } from '#database';
import { itemFacts, itemHistory, listBoms, listSupplierItems } from '#erp/items';
import type { Bom } from '#erp/items';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import { unitsOf } from './units-of.ts';

/** Bills of material, with each component in the unit that it is counted in. */
async function withComponentUnits(handle: Handle, boms: readonly Bom[]) {
  const components = boms.flatMap(({ lines }) => lines.map(({ component }) => component));
  const unitOf = await unitsOf(handle, components);
  return boms.map((bom) => ({
    ...bom,
    lines: bom.lines.map((line) => ({ ...line, unit: unitOf(line.component) })),
  }));
}

/** Shows an item. */
export const getErpItem = route({
  name: 'getErpItem',
  summary: 'Shows an item, what suppliers ask for it, its bills of material, and who changed what.',
  permission: 'items:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['api.no-such-record'],
  async handle({ params }, { database }) {
    const { kysely } = database;
    const item = (await itemFacts(kysely, [params.id])).get(params.id);
    if (item === undefined) throw notThere('api.no-such-record', `item ${params.id}`);
    return {
      item,
      supplierItems: await listSupplierItems(kysely, [item.id]),
      boms: await withComponentUnits(kysely, await listBoms(kysely, [item.id])),
      history: await itemHistory(kysely, item.id),
    };
  },
});
