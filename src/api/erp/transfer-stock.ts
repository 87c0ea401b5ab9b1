import { transferStock as book } from '#erp/inventory';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Moves stock to another location or warehouse of the legal entity. */
export const transferStock = route({
  name: 'transferStock',
  summary: 'Moves stock to another location or warehouse of the legal entity.',
  permission: 'stock:post',
  audit: { within: 'stock.transferred' },
  errors: [
    'company.key-reused',
    'inventory.batch-missing',
    'inventory.frozen-for-count',
    'inventory.invalid',
    'inventory.not-booked',
    'inventory.not-enough-stock',
    'inventory.reserved',
    'inventory.serials-missing',
    'inventory.unknown-item',
    'inventory.unknown-location',
    'inventory.unknown-warehouse',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'transferStock', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await book(tx, context, [body]))[0]),
      );
      note({ subject: done.number, details: { legalEntity: params.entity } });
      return done;
    }),
});
