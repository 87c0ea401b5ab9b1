import { createItemGroups } from '#erp/items';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Creates a group of items. */
export const createItemGroup = route({
  name: 'createItemGroup',
  summary: 'Creates a group of items, for every legal entity.',
  permission: 'items:write',
  audit: { within: 'items.group-created' },
  errors: ['items.code-taken', 'items.invalid', 'items.unknown-group'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const context = contextOf(request, services, '');
      request.note({ subject: request.body.code });
      return granted((await createItemGroups(tx, context, [request.body]))[0]);
    }),
});
