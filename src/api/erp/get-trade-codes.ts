import { paymentTerms } from '#erp/company';
import { units } from '#erp/company/setup';
import { taxCodes } from '#erp/company/tax';
import { localDate } from '#kernel/time';
import { readRoute } from './reading.ts';

/** Tells what documents may be taxed, paid and counted by. */
export const getTradeCodes = readRoute({
  name: 'getTradeCodes',
  summary: 'Tells tax codes, payment terms and units that documents of a legal entity may name.',
  permission: 'company:read',
  errors: [],
  async handle({ params, query }, { database: { kysely } }) {
    const on = query.on === undefined ? {} : { on: localDate(query.on) };
    const [codes, terms, counted] = await Promise.all([
      taxCodes(kysely, { legalEntity: params.entity, ...on }),
      paymentTerms(kysely),
      units(kysely),
    ]);
    return {
      taxCodes: codes,
      paymentTerms: [...terms.values()],
      units: [...counted.values()],
    };
  },
});
