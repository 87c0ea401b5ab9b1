import { accept, refuse, setPaymentTerms } from '#erp/company';
import { addTaxCodes, endTaxCode } from '#erp/company/tax';
import { createAccounts } from '#erp/ledger';
import { isStatementLine } from '#erp/ledger/reports';
import { bookRoute } from './book-route.ts';

/** What a legal entity keeps its books by, beyond what it was founded with. */
export const SETUP_ROUTES = [
  bookRoute({
    name: 'createAccount',
    summary: 'Adds an account to the chart of a legal entity.',
    permission: 'ledger:write',
    audit: { within: 'ledger.account-created' },
    errors: ['ledger.account-exists', 'ledger.bad-account'],
    book: (tx, context, { body: { statementLine, ...draft } }) =>
      isStatementLine(statementLine)
        ? createAccounts(tx, context, [{ ...draft, statementLine }])
        : Promise.resolve([refuse('ledger.bad-account', 'there is no such line', 'statementLine')]),
  }),
  bookRoute({
    name: 'setPaymentTerms',
    summary: 'Adds payment terms, or replaces those of a code; documents keep the days they have.',
    permission: 'company:write',
    audit: { within: 'company.payment-terms-set' },
    errors: ['company.bad-payment-terms'],
    book: (tx, _context, { body }) => setPaymentTerms(tx, [body]),
  }),
  bookRoute({
    name: 'addTaxCode',
    summary: 'Adds a tax code, or new terms of one from a later day on.',
    permission: 'company:write',
    audit: { within: 'company.tax-code-added' },
    errors: ['company.bad-tax-code', 'company.tax-code-overlaps'],
    book: (tx, { legalEntity }, { body }) => addTaxCodes(tx, legalEntity, [body]),
  }),
  bookRoute({
    name: 'endTaxCode',
    summary: 'Ends a tax code: documents of later days cannot name it.',
    permission: 'company:write',
    audit: { within: 'company.tax-code-ended' },
    errors: ['company.bad-tax-code'],
    book: async (tx, { legalEntity }, { params: { id: code }, body: { lastOn } }) => [
      (await endTaxCode(tx, { legalEntity, code, lastOn }))
        ? accept({ code })
        : refuse('company.bad-tax-code', `no ${code} goes on beyond ${lastOn}`, 'lastOn'),
    ],
  }),
] as const;
