import { trialBalance } from '#erp/ledger/reports';
import { localDate } from '#kernel/time';
import { route } from '../route.ts';

/** Shows a trial balance. */
export const getTrialBalance = route({
  name: 'getTrialBalance',
  summary: 'Shows the trial balance of any days, in company currency.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: ({ params, query: { from, to, closing } }, { database }) =>
    trialBalance(database.kysely, {
      legalEntity: params.entity,
      to: localDate(to),
      withClosing: closing !== 'false',
      ...(from === undefined ? {} : { from: localDate(from) }),
    }),
});
