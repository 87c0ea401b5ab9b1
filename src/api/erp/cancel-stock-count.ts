import { cancelCount } from '#erp/inventory';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Gives a stock count up: nothing is booked, and stock moves again. */
export const cancelStockCount = route({
  name: 'cancelStockCount',
  summary: 'Gives a stock count up: nothing is booked, and stock moves again.',
  permission: 'stock:post',
  audit: { within: 'stock.count-cancelled' },
  errors: ['inventory.unknown-count', 'inventory.version-conflict', 'inventory.wrong-state'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const done = granted(await cancelCount(tx, context, { ...body, id: params.id }));
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
