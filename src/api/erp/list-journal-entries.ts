import { listEntries, listEntryHeads } from '#erp/ledger/reports';
import type { EntryHead, JournalEntry } from '#erp/ledger/reports';
import { listed, readRoute } from './reading.ts';
import { withSaid } from './with-said.ts';

type Listed = EntryHead | JournalEntry;

/** Lists journal entries. */
export const listJournalEntries = readRoute({
  name: 'listJournalEntries',
  summary: 'Lists journal entries with their lines, unless sorted otherwise the newest first.',
  permission: 'ledger:read',
  errors: [],
  handle: ({ params, query }, { database: { kysely } }) =>
    listed<typeof query, Listed>(query, async (wanted) => {
      const filter = { ...wanted, legalEntity: params.entity };
      const found: readonly Listed[] =
        query.lines === 'none'
          ? await listEntryHeads(kysely, filter)
          : (await listEntries(kysely, filter)).entries;
      return found.map((entry) => withSaid(entry));
    }),
});
