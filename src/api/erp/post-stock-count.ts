import { postCount } from '#erp/inventory';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Books the differences of a stock count, with their entry, and lets stock move again. */
export const postStockCount = route({
  name: 'postStockCount',
  summary: 'Books the differences of a stock count, with their entry, and lets stock move again.',
  permission: 'stock:post',
  audit: { within: 'stock.count-posted' },
  errors: [
    'company.key-reused',
    'inventory.not-booked',
    'inventory.unknown-count',
    'inventory.version-conflict',
    'inventory.wrong-state',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'postStockCount', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted(await postCount(tx, context, { ...body, id: params.id })),
      );
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
