import { createItems } from '#erp/items';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Creates an item. */
export const createErpItem = route({
  name: 'createErpItem',
  summary: 'Creates an item.',
  permission: 'items:write',
  audit: { within: 'items.created' },
  errors: ['company.key-reused', 'items.invalid', 'items.number-taken', 'items.unknown-group'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'createErpItem', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await createItems(tx, context, [body]))[0]),
      );
      note({ subject: done.number, details: { legalEntity: params.entity } });
      return done;
    }),
});
