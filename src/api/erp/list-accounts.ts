import { listAccounts as readAccounts } from '#erp/ledger';
import { route } from '../route.ts';

/** Lists the chart of accounts. */
export const listAccounts = route({
  name: 'listAccounts',
  summary: 'Lists the chart of accounts of a legal entity, by number.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  handle: async ({ params }, { database }) => ({
    items: await readAccounts(database.kysely, params.entity),
  }),
});
