import { forgetPieces } from '#erp/inventory/pieces';
import { updateItems } from '#erp/items';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Changes an item that is still at the version named. */
export const updateErpItem = route({
  name: 'updateErpItem',
  summary: 'Changes an item that is still at the version named.',
  permission: 'items:write',
  audit: { within: 'items.changed' },
  errors: ['items.invalid', 'items.unknown-group', 'items.unknown-item', 'items.version-conflict'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const done = granted((await updateItems(tx, context, [{ ...body, id: params.id }]))[0]);
      if (body.set.serialManaged !== undefined) await forgetPieces(tx, [params.id]);
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
