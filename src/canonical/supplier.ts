import { z } from 'zod';
import { CurrencySchema, ExtensionsSchema, NameSchema, NumberSchema } from './common.ts';

export const SUPPLIER_STATUSES = [
  'active',
  'blocked-purchasing',
  'blocked-payment',
  'inactive',
] as const;

/** A party we buy from. UBL SellerSupplierParty · SAP A_Supplier · Dynamics VendorsV2 · Tryton party. */
export const SupplierSchema = z.strictObject({
  number: NumberSchema, // As people write it. The source's own key may differ.
  name: NameSchema,
  status: z.enum(SUPPLIER_STATUSES),
  currency: CurrencySchema.optional(),
  category: z.string().max(200).optional(),
  country: z.string().length(2).optional(), // ISO 3166-1 alpha-2.
  region: z.string().max(200).optional(),
  city: z.string().max(200).optional(),
  paymentTerms: z.string().max(200).optional(),
  preferred: z.boolean().optional(),
  creditRating: z.string().max(50).optional(), // The source's own scale: compare, do not add.
  website: z.string().max(1024).optional(),
  extensions: ExtensionsSchema.optional(),
});
export type Supplier = Readonly<z.infer<typeof SupplierSchema>>;
