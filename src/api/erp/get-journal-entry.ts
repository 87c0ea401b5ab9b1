import { findEntries } from '#erp/ledger/reports';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';
import { withSaid } from './with-said.ts';

/** Shows one journal entry. */
export const getJournalEntry = route({
  name: 'getJournalEntry',
  summary: 'Shows a journal entry with its lines, and what it came of.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: ['api.no-such-record'],
  async handle({ params }, { database }) {
    const entry = (await findEntries(database.kysely, [params.id])).get(params.id);
    if (entry?.legalEntity !== params.entity) {
      throw notThere('api.no-such-record', `journal entry ${params.id}`);
    }
    return withSaid(entry);
  },
});
