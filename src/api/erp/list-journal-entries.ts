import { listEntries } from '#erp/ledger/reports';
import { listed, readRoute } from './reading.ts';

/** Lists journal entries. */
export const listJournalEntries = readRoute({
  name: 'listJournalEntries',
  summary: 'Lists journal entries with their lines, unless sorted otherwise the newest first.',
  permission: 'ledger:read',
  errors: [],
  handle: ({ params, query }, { database }) =>
    listed(query, async (wanted) => {
      const filter = { ...wanted, legalEntity: params.entity };
      return (await listEntries(database.kysely, filter)).entries;
    }),
});
