import { listCloseTasks as readCloseTasks } from '#erp/ledger/closing';
import { route } from '../route.ts';

/** Lists what is to be done before a period is closed. */
export const listCloseTasks = route({
  name: 'listCloseTasks',
  summary: 'Lists what is to be done before a period is closed, by when it is due.',
  permission: 'ledger:read',
  audit: { none: 'changes nothing, and shows no personal data' },
  errors: [],
  async handle({ params: { entity, year: fiscalYear, period } }, { database }) {
    return { items: await readCloseTasks(database.kysely, entity, { fiscalYear, period }) };
  },
});
