import { recordCount } from '#erp/inventory';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Writes down what was counted. */
export const recordStockCount = route({
  name: 'recordStockCount',
  summary: 'Writes down what was counted.',
  permission: 'stock:post',
  audit: { within: 'stock.count-recorded' },
  errors: [
    'inventory.invalid',
    'inventory.unknown-count',
    'inventory.version-conflict',
    'inventory.wrong-state',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const done = granted(await recordCount(tx, context, { ...body, id: params.id }));
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
