import { endBankAccounts } from '#erp/parties';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Ends a bank account: the day named is the last on which it is used. */
export const endBankAccount = route({
  name: 'endBankAccount',
  summary: 'Ends a bank account: the day named is the last on which it is used.',
  permission: 'parties:write',
  audit: { within: 'parties.bank-account-ended' },
  errors: ['parties.account-ended', 'parties.unknown-account'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, body, note } = request;
      const context = contextOf(request, services, params.entity);
      const done = granted(
        (await endBankAccounts(tx, context, [{ id: params.id, on: body.on }]))[0],
      );
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
