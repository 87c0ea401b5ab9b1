import { accept } from '#erp/company';
import { readFourEyes, setFourEyes } from '#erp/parties';
import { bookRoute } from './book-route.ts';
import { readRoute } from './reading.ts';

/** Routes about what is demanded of parties' master data. */
export const PARTY_SETTINGS_ROUTES = [
  readRoute({
    name: 'getPartySettings',
    summary: 'Shows whether another than who entered a bank account has to verify it.',
    permission: 'parties:read',
    errors: [],
    handle: async ({ params }, { database }) => ({
      fourEyes: await readFourEyes(database.kysely, params.entity),
    }),
  }),
  bookRoute({
    name: 'setPartySettings',
    summary: 'Demands, or no longer demands, four eyes for bank accounts entered from now on.',
    permission: 'bank-accounts:verify',
    audit: { within: 'parties.settings-changed' },
    errors: [],
    book: async (tx, context, { body }) => {
      await setFourEyes(tx, context, body.fourEyes);
      return [accept(body)];
    },
  }),
] as const;
