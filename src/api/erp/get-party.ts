import { bankAccountsOf, findParties, partyHistory } from '#erp/parties';
import { notThere } from '../errors.ts';
import { route } from '../route.ts';

/** Shows a customer or supplier with its bank accounts and history. */
export const getParty = route({
  name: 'getParty',
  summary: 'Shows a customer or supplier, its bank accounts, and who changed what.',
  permission: 'parties:read',
  audit: { after: 'parties.shown' },
  errors: ['api.no-such-record'],
  async handle({ params }, { database }) {
    const { kysely } = database;
    const [found, bankAccounts, history] = await Promise.all([
      findParties(kysely, [params.id]),
      bankAccountsOf(kysely, [params.id]),
      partyHistory(kysely, params.id),
    ]);
    const party = found.get(params.id);
    if (party === undefined) throw notThere('api.no-such-record', `party ${params.id}`);
    return { party, bankAccounts, history };
  },
});
