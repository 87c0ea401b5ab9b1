import { z } from 'zod';
import {
  CurrencySchema,
  ExtensionsSchema,
  MoneySchema,
  NameSchema,
  NumberSchema,
} from './common.ts';

/** A party we sell to. UBL BuyerCustomerParty · SAP A_Customer · NetSuite customer · Tryton party. */
export const CustomerSchema = z.strictObject({
  number: NumberSchema, // As people write it. The source's own key may differ.
  name: NameSchema,
  status: z.enum(['active', 'blocked-sales', 'blocked-delivery', 'blocked-payment', 'inactive']),
  currency: CurrencySchema.optional(),
  creditLimit: MoneySchema.optional(),
  segment: z.string().max(200).optional(),
  category: z.string().max(200).optional(),
  country: z.string().length(2).optional(), // ISO 3166-1 alpha-2.
  region: z.string().max(200).optional(),
  city: z.string().max(200).optional(),
  salesperson: z.string().max(200).optional(),
  paymentTerms: z.string().max(200).optional(),
  extensions: ExtensionsSchema.optional(),
});
