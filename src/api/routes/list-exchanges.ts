import { notThere } from '../errors.ts';
import { pageRequest } from '../page.ts';
import { route } from '../route.ts';
import { exchangeQuery } from '../views/exchange.ts';

/** Lists the requests and answers of a run, secrets masked. */
export const listExchanges = route({
  name: 'listExchanges',
  summary: 'Lists the requests and answers of a run, secrets masked.',
  permission: 'runs:read',
  audit: { after: 'exchanges.shown' },
  errors: ['api.no-such-run'],
  async handle({ params, query }, { sources, runs }) {
    if ((await runs.find(params.id)) === undefined) {
      throw notThere('api.no-such-run', `the run ${params.id}`);
    }
    const { page, pageSize, offset } = pageRequest(query);
    const asked = { ...exchangeQuery(params.id, query), offset, limit: pageSize };
    const { rows, total } = await sources.exchanges(asked);
    return { items: [...rows], total, page, pageSize };
  },
});
