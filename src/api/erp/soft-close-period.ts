import { softClosePeriod as softClose } from '#erp/ledger/closing';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Lets only named roles still post to a period. */
export const softClosePeriod = route({
  name: 'softClosePeriod',
  summary: 'Lets only named roles still post to a period.',
  permission: 'ledger:close',
  audit: { within: 'ledger.period-soft-closed' },
  errors: ['ledger.moved-on', 'ledger.no-period', 'ledger.period-status'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { entity, year: fiscalYear, period } = request.params;
      request.note({
        subject: `${entity} ${fiscalYear}/${period}`,
        details: { reason: request.body.reason },
      });
      const change = { fiscalYear, period, ...request.body };
      return granted(await softClose(tx, contextOf(request, services, entity), change));
    }),
});
