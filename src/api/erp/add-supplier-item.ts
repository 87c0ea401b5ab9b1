import { addSupplierItems } from '#erp/items';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Writes down what a supplier asks for an item. */
export const addSupplierItem = route({
  name: 'addSupplierItem',
  summary: 'Writes down what a supplier asks for an item.',
  permission: 'items:write',
  audit: { within: 'items.supplier-price-added' },
  errors: ['company.key-reused', 'items.invalid', 'items.unknown-item'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'addSupplierItem', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await addSupplierItems(tx, context, [{ ...body, item: params.id }]))[0]),
      );
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
