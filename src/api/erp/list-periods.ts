import { listPeriods as readPeriods } from '#erp/ledger/closing';
import { route } from '../route.ts';

/** Lists periods. */
export const listPeriods = route({
  name: 'listPeriods',
  summary: 'Lists the periods of a legal entity: which are open, to whom, and which are closed.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params, query: { year } }, { database }) {
    const filter = year === undefined ? {} : { fiscalYear: year };
    return { items: await readPeriods(database.kysely, { legalEntity: params.entity, ...filter }) };
  },
});
