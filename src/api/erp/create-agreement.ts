import { createAgreements } from '#erp/items';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Writes down what was agreed with a party: prices, limits, or both. */
export const createAgreement = route({
  name: 'createAgreement',
  summary: 'Writes down what was agreed with a party: prices, limits, or both.',
  permission: 'items:write',
  audit: { within: 'items.agreement-created' },
  errors: ['company.key-reused', 'items.invalid', 'items.unknown-group', 'items.unknown-item'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'createAgreement', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await createAgreements(tx, context, [body]))[0]),
      );
      note({ subject: done.number, details: { legalEntity: params.entity } });
      return done;
    }),
});
