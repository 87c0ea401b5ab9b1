import { openPeriod } from '#erp/ledger/closing';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Opens a period again; the reason is kept. */
export const reopenPeriod = route({
  name: 'reopenPeriod',
  summary: 'Opens a period again; the reason is kept.',
  permission: 'ledger:close',
  audit: { within: 'ledger.period-reopened' },
  errors: ['ledger.moved-on', 'ledger.no-period', 'ledger.period-status'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { entity, year: fiscalYear, period } = request.params;
      request.note({
        subject: `${entity} ${fiscalYear}/${period}`,
        details: { reason: request.body.reason },
      });
      const change = { fiscalYear, period, ...request.body };
      return granted(await openPeriod(tx, contextOf(request, services, entity), change));
    }),
});
