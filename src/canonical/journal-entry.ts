import { z } from 'zod';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import {
  CurrencySchema,
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
} from './common.ts';

const JournalLineSchema = z.strictObject({
  number: NumberSchema,
  account: z.string().min(1).max(100),
  amount: DecimalSchema, // Entry currency; a debit is above zero.
  companyAmount: DecimalSchema, // Company currency.
  taxCode: z.string().max(100).optional(),
  costCentre: z.string().max(100).optional(),
  project: z.string().max(200).optional(),
  party: z.string().max(200).optional(), // The key of a customer or a supplier.
  item: KeySchema.optional(),
  quantity: DecimalSchema.optional(),
  dueOn: LocalDateSchema.optional(),
  text: z.string().max(500).optional(),
});

/**
 * Something posted to the ledger: its lines balance, in both currencies.
 * SAP A_JournalEntry · Oracle journal · Dynamics LedgerJournal · Tryton account.move.
 */
export const JournalEntrySchema = z
  .strictObject({
    number: NumberSchema,
    kind: z.enum([
      'manual',
      'invoice',
      'credit-note',
      'payment',
      'goods-movement',
      'production',
      'opening',
      'accrual',
      'deferral',
      'reversal',
      'revaluation',
      'closing',
      'other',
    ]),
    status: z.enum(['parked', 'posted', 'reversed']),
    sourceStatus: z.string().max(50).optional(),
    legalEntity: z.string().min(1).max(100),
    ledger: z.string().max(100).optional(), // Absent: the leading one.
    postedOn: LocalDateSchema,
    documentOn: LocalDateSchema,
    period: z.string().min(1).max(20), // '2026-03'; the fiscal year first.
    currency: CurrencySchema,
    companyCurrency: CurrencySchema,
    text: z.string().max(500).optional(),
    reference: z.string().max(200).optional(), // The document it comes from.
    reversalOf: KeySchema.optional(),
    createdBy: z.string().max(200).optional(),
    lines: z.array(JournalLineSchema).min(2).max(100_000),
    extensions: ExtensionsSchema.optional(),
  })
  .refine(({ lines }) => isZero(lines.map(({ amount }) => amount)), {
    path: ['lines'],
    error: 'debit and credit differ',
  })
  .refine(({ lines }) => isZero(lines.map(({ companyAmount }) => companyAmount)), {
    path: ['lines'],
    error: 'debit and credit differ in company currency',
  });

const isZero = (amounts: Parameters<typeof sumDecimals>[0]): boolean =>
  compareDecimals(sumDecimals(amounts), decimal('0')) === 0;
