import { addBankAccounts } from '#erp/parties';
import { bookRoute } from './book-route.ts';

/** Enters a bank account of a party, not yet verified. */
export const addBankAccount = bookRoute({
  name: 'addBankAccount',
  summary: 'Enters a bank account of a party, not yet verified.',
  permission: 'parties:write',
  audit: { within: 'parties.bank-account-entered' },
  errors: [
    'parties.account-ended',
    'parties.account-there',
    'parties.invalid',
    'parties.invalid-iban',
    'parties.unknown-party',
  ],
  book: (tx, context, { params, body }) =>
    addBankAccounts(tx, context, [{ ...body, party: params.id }]),
});
