import { incomeStatement } from '#erp/ledger/reports';
import { localDate } from '#kernel/time';
import { route } from '../route.ts';
import { granted } from './command.ts';

/** Shows the income statement. */
export const getIncomeStatement = route({
  name: 'getIncomeStatement',
  summary: "Shows the income statement of any days; else from the fiscal year's first.",
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['ledger.no-such-legal-entity'],
  handle: async ({ params, query: { from, to } }, { database }) =>
    granted(
      await incomeStatement(database.kysely, {
        legalEntity: params.entity,
        to: localDate(to),
        ...(from === undefined ? {} : { from: localDate(from) }),
      }),
    ),
});
