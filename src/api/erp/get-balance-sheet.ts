import { balanceSheet } from '#erp/ledger/reports';
import { localDate } from '#kernel/time';
import { route } from '../route.ts';
import { granted } from './command.ts';

/** Shows the balance sheet. */
export const getBalanceSheet = route({
  name: 'getBalanceSheet',
  summary: 'Shows the balance sheet at the end of any day.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['ledger.no-such-legal-entity'],
  handle: async ({ params, query }, { database }) =>
    granted(
      await balanceSheet(database.kysely, {
        legalEntity: params.entity,
        on: localDate(query.on),
      }),
    ),
});
