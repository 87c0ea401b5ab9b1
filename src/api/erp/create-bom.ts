import { createBoms } from '#erp/items';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Writes a version of the bill of material of an item. */
export const createBom = route({
  name: 'createBom',
  summary: 'Writes a version of the bill of material of an item.',
  permission: 'items:write',
  audit: { within: 'items.bom-created' },
  errors: [
    'company.key-reused',
    'items.code-taken',
    'items.cycle',
    'items.invalid',
    'items.unknown-item',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'createBom', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await createBoms(tx, context, [{ ...body, item: params.id }]))[0]),
      );
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
