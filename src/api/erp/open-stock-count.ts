import { openCount } from '#erp/inventory';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Opens a stock count and freezes what it counts. */
export const openStockCount = route({
  name: 'openStockCount',
  summary: 'Opens a stock count and freezes what it counts.',
  permission: 'stock:post',
  audit: { within: 'stock.count-opened' },
  errors: ['company.key-reused', 'inventory.frozen-for-count', 'inventory.unknown-warehouse'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'openStockCount', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted(await openCount(tx, context, body)),
      );
      note({ subject: done.number, details: { legalEntity: params.entity } });
      return done;
    }),
});
