import { listWarehouses as readWarehouses } from '#erp/inventory';
import { route } from '../route.ts';

/** Lists warehouses. */
export const listWarehouses = route({
  name: 'listWarehouses',
  summary: 'Lists the warehouses of a legal entity with their locations.',
  permission: 'stock:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params }, { database }) {
    return { items: await readWarehouses(database.kysely, params.entity) };
  },
});
