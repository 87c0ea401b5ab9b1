import { addBankAccounts } from '#erp/parties';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted, jsonOf } from './command.ts';

/** Enters a bank account of a party, not yet verified. */
export const addBankAccount = route({
  name: 'addBankAccount',
  summary: 'Enters a bank account of a party, not yet verified.',
  permission: 'parties:write',
  audit: { within: 'parties.bank-account-entered' },
  errors: [
    'company.key-reused',
    'parties.account-ended',
    'parties.account-there',
    'parties.invalid',
    'parties.invalid-iban',
    'parties.unknown-party',
  ],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const sent = jsonOf({ params, body });
      const asked = { ...request, name: 'addBankAccount', request: sent };
      const done = await bookOnce(tx, services, asked, async () =>
        granted((await addBankAccounts(tx, context, [{ ...body, party: params.id }]))[0]),
      );
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
