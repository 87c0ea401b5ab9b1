import { reverseDocuments } from '#erp/inventory';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Takes a stock document back: its movements, at what they were worth, and its entry. */
export const reverseStockDocument = route({
  name: 'reverseStockDocument',
  summary: 'Takes a stock document back: its movements, at what they were worth, and its entry.',
  permission: 'stock:post',
  audit: { within: 'stock.reversed' },
  errors: [
    'company.key-reused',
    'inventory.already-reversed',
    'inventory.frozen-for-count',
    'inventory.not-booked',
    'inventory.not-enough-stock',
    'inventory.unknown-movement',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'reverseStockDocument', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await reverseDocuments(tx, context, [{ ...body, id: params.id }]))[0]),
      );
      note({ subject: done.number, details: { legalEntity: params.entity } });
      return done;
    }),
});
