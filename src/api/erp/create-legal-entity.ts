import {
  createLegalEntity as foundLegalEntity,
  setPaymentTerms,
  STANDARD_TERMS,
} from '#erp/company';
import { addTaxCodes, standardTaxCodes } from '#erp/company/tax';
import { setUnits, STANDARD_UNITS } from '#erp/company/setup';
import { installLedger } from '#erp/ledger';
import { createFiscalYear } from '#erp/ledger/closing';
import { route } from '../route.ts';
import { bookOnce, contextOf, granted } from './command.ts';

/** Founds a legal entity with everything it needs to begin. */
export const createLegalEntity = route({
  name: 'createLegalEntity',
  summary: 'Founds a legal entity with the standard chart, tax codes, payment terms and units.',
  permission: 'company:write',
  audit: { within: 'company.legal-entity-created' },
  errors: ['company.bad-legal-entity', 'company.key-reused', 'company.legal-entity-exists'],
  once: true,
  handle: (request, services) =>
    request.change((tx) => {
      const { body, note } = request;
      const { fiscalYears, ...draft } = body;
      note({ subject: draft.code, details: { fiscalYears } });
      const context = contextOf(request, services, draft.code);
      const asked = { ...request, name: 'createLegalEntity', request: body };
      return bookOnce(tx, services, asked, async () => {
        const entity = granted(await foundLegalEntity(tx, context, draft));
        await setPaymentTerms(tx, STANDARD_TERMS);
        await setUnits(tx, STANDARD_UNITS);
        await addTaxCodes(tx, entity.code, standardTaxCodes(entity.country));
        await installLedger(tx, context);
        for (const year of new Set(fiscalYears)) granted(await createFiscalYear(tx, context, year));
        return entity;
      });
    }),
});
