import { setExchangeRates as keepExchangeRates } from '#erp/company';
import { decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import { route } from '../route.ts';
import { granted } from './command.ts';

/** Keeps exchange rates, all of them or none. */
export const setExchangeRates = route({
  name: 'setExchangeRates',
  summary: 'Keeps exchange rates; one for the same day, pair and type is replaced.',
  permission: 'ledger:write',
  audit: { within: 'company.rates-set' },
  errors: ['company.bad-rate'],
  handle: ({ body, change, note }) =>
    change(async (tx) => {
      const rates = body.items.map((item) => ({
        ...item,
        validOn: localDate(item.validOn),
        rate: decimal(item.rate),
      }));
      for (const result of await keepExchangeRates(tx, rates)) granted(result);
      note({ details: { kept: rates.length } });
      return { kept: rates.length };
    }),
});
