import { closePeriod as close } from '#erp/ledger/closing';
import { route } from '../route.ts';
import { contextOf, granted } from './command.ts';

/** Closes a period; refused with every reason at once. */
export const closePeriod = route({
  name: 'closePeriod',
  summary: 'Closes a period; refused with every reason at once.',
  permission: 'ledger:close',
  audit: { within: 'ledger.period-closed' },
  errors: ['ledger.moved-on', 'ledger.no-period', 'ledger.not-closable', 'ledger.period-status'],
  handle: (request, services) =>
    request.change(async (tx) => {
      const { entity, year: fiscalYear, period } = request.params;
      request.note({
        subject: `${entity} ${fiscalYear}/${period}`,
        details: { reason: request.body.reason },
      });
      const change = { fiscalYear, period, ...request.body };
      return granted(await close(tx, contextOf(request, services, entity), change));
    }),
});
