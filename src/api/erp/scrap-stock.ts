import { scrapStock as book } from '#erp/inventory';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Scraps stock, with its entry. */
export const scrapStock = route({
  name: 'scrapStock',
  summary: 'Scraps stock, with its entry.',
  permission: 'stock:post',
  audit: { within: 'stock.scrapped' },
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
      const asked = { ...request, name: 'scrapStock', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await book(tx, context, [body]))[0]),
      );
      note({ subject: done.number, details: { legalEntity: params.entity } });
      return done;
    }),
});
