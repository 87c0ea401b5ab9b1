import { findParties, updateCustomers, updateSuppliers } from '#erp/parties';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Changes a customer or supplier. */
export const updateParty = route({
  name: 'updateParty',
  summary: 'Changes a customer or supplier that is still at the version named.',
  permission: 'parties:write',
  audit: { within: 'parties.changed' },
  errors: [
    'api.no-such-record',
    'parties.invalid',
    'parties.unknown-party',
    'parties.version-conflict',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const party = (await findParties(tx, [params.id])).get(params.id);
      if (party === undefined) throw notThere('api.no-such-record', `party ${params.id}`);
      const update = party.role === 'customer' ? updateCustomers : updateSuppliers;
      note({ subject: party.number, details: { fields: Object.keys(body.set) } });
      return granted((await update(tx, context, [{ ...body, id: party.id }]))[0]);
    }),
});
