import { listEntries } from '#erp/ledger/reports';
import { localDate } from '#kernel/time';
import { route } from '../route.ts';

/** Lists journal entries. */
export const listJournalEntries = route({
  name: 'listJournalEntries',
  summary: 'Lists journal entries with their lines, newest first.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query }, { database }) {
    const { from, to, kind, account, number, search, after, limit } = query;
    const { entries, next } = await listEntries(database.kysely, {
      legalEntity: params.entity,
      limit,
      ...(from === undefined ? {} : { from: localDate(from) }),
      ...(to === undefined ? {} : { to: localDate(to) }),
      ...(kind === undefined ? {} : { kind }),
      ...(account === undefined ? {} : { account }),
      ...(number === undefined ? {} : { number }),
      ...(search === undefined ? {} : { search }),
      ...(after === undefined ? {} : { after }),
    });
    return { items: entries, ...(next === undefined ? {} : { next }) };
  },
});
