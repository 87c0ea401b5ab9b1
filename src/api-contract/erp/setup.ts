import { z } from 'zod';
import { DecimalText, NameText } from './company.ts';
import { Account, AccountKind } from './ledger.ts';
import { acts, AmountIn, creates, CurrencyIn, DayIn, text } from './shapes.ts';

const code = z.string().regex(/^[A-Z0-9][A-Z0-9-]{0,29}$/);
const days = z.number().int().min(0).max(3650);
const Coded = z.object({ code: z.string() });

/** Routes about what a legal entity keeps its books by, beyond what it was founded with. */
export const SETUP_ROUTES = {
  createAccount: creates(
    'accounts',
    z.strictObject({
      number: text(20),
      name: NameText,
      kind: AccountKind,
      statementLine: text(50), // As other accounts of the chart have it.
      revaluationAccount: text(20).exactOptional(), // Its foreign balances are revalued, into that one.
      currency: CurrencyIn.exactOptional(), // The only one it takes.
    }),
    Account,
  ),
  setPaymentTerms: creates(
    'payment-terms', // Those of the same code are replaced, for all legal entities.
    z.strictObject({
      code,
      name: NameText,
      dueDays: days,
      endOfMonth: z.boolean().default(false), // The days count from the end of the month of issue.
      discounts: z
        .array(z.strictObject({ days, percent: AmountIn }))
        .max(5)
        .default([]),
    }),
    Coded,
  ),
  addTaxCode: creates(
    'tax-codes', // Or new terms of one, once the old ones have ended.
    z.strictObject({
      code,
      name: NameText,
      direction: z.enum(['input', 'output']),
      kind: z.enum(['standard', 'reduced', 'zero', 'exempt', 'reverse-charge', 'intra-community']),
      percent: AmountIn,
      recoverablePercent: AmountIn.default(AmountIn.parse('100')), // Of input tax; the rest is cost.
      validFrom: DayIn,
      validTo: DayIn.exactOptional(), // The last day.
    }),
    Coded.extend({ percent: DecimalText }),
  ),
  endTaxCode: acts('tax-codes/:id/end', z.strictObject({ lastOn: DayIn }), Coded),
} as const;
