import { createWarehouses } from '#erp/inventory';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Opens a warehouse of the legal entity. */
export const createWarehouse = route({
  name: 'createWarehouse',
  summary: 'Opens a warehouse of the legal entity.',
  permission: 'stock:write',
  audit: { within: 'stock.warehouse-created' },
  errors: ['company.key-reused', 'inventory.code-taken', 'inventory.invalid'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'createWarehouse', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await createWarehouses(tx, context, [body]))[0]),
      );
      note({ subject: done.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
