import { verifyBankAccounts } from '#erp/parties';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Says that a bank account was checked with its holder; by another person where that is demanded. */
export const verifyBankAccount = route({
  name: 'verifyBankAccount',
  summary:
    'Says that a bank account was checked with its holder; by another person where that is demanded.',
  permission: 'bank-accounts:verify',
  audit: { within: 'parties.bank-account-verified' },
  errors: ['parties.already-verified', 'parties.same-eyes', 'parties.unknown-account'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { params, note } = request;
      const context = contextOf(request, services, params.entity);
      const done = granted((await verifyBankAccounts(tx, context, [params.id]))[0]);
      note({ subject: params.id, details: { legalEntity: params.entity } });
      return done;
    }),
});
