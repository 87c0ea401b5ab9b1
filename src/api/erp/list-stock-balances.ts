import { listBalances, listWarehouses } from '#erp/inventory';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import { withUnits } from './units-of.ts';

/** Lists what lies where in a warehouse. */
export const listStockBalances = route({
  name: 'listStockBalances',
  summary: 'Lists what lies where in a warehouse: location, batch, status, owner.',
  permission: 'stock:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['api.no-such-record'],
  async handle({ params, query }, { database }) {
    const houses = await listWarehouses(database.kysely, params.entity);
    if (!houses.some(({ id }) => id === params.id)) {
      throw notThere('api.no-such-record', `warehouse ${params.id}`);
    }
    const found = await listBalances(database.kysely, { ...query, warehouse: params.id });
    return { items: await withUnits(database.kysely, found) };
  },
});
