import { createCustomers, createSuppliers } from '#erp/parties';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Creates a customer or supplier. */
export const createParty = route({
  name: 'createParty',
  summary: 'Creates a customer or supplier; who may be the same is named in the answer.',
  permission: 'parties:write',
  audit: { within: 'parties.created' },
  errors: [
    'company.key-reused',
    'parties.invalid',
    'parties.number-taken',
    'parties.unknown-party',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const { role, ...draft } = body;
      const create = role === 'customer' ? createCustomers : createSuppliers;
      const asked = { ...request, name: `createParty ${params.entity}`, request: jsonOf(body) };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await create(tx, context, [draft]))[0]),
      );
      note({ subject: done.number, details: { legalEntity: params.entity, role } });
      return done;
    }),
});
