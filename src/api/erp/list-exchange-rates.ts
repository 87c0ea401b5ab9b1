import { listExchangeRates as readExchangeRates } from '#erp/company/setup';
import { route } from '../route.ts';

/** Lists exchange rates. */
export const listExchangeRates = route({
  name: 'listExchangeRates',
  summary: 'Lists exchange rates, newest first.',
  permission: 'company:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ query: { from, to, limit } }, { database }) {
    const filter = {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      limit,
    };
    return { items: await readExchangeRates(database.kysely, filter) };
  },
});
