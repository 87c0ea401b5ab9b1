import { z } from 'zod';
import { ExtensionsSchema, NameSchema, NumberSchema } from './common.ts';

/** A named spot within a warehouse that stock can lie on. */
const WarehouseLocationSchema = z.strictObject({
  code: NumberSchema, // What movements and balances call it.
  name: NameSchema.optional(),
  zone: z.string().max(100).optional(),
});

/**
 * A place where stock is kept and counted.
 * SAP plant with storage location · Oracle organization with subinventory · Tryton stock.location.
 */
export const WarehouseSchema = z.strictObject({
  code: NumberSchema,
  name: NameSchema,
  kind: z.enum(['plant', 'store', 'transit', 'consignment', 'subcontractor']).optional(),
  status: z.enum(['active', 'inactive']).optional(),
  country: z.string().length(2).optional(), // ISO 3166-1 alpha-2.
  city: z.string().max(200).optional(),
  locations: z.array(WarehouseLocationSchema).max(10_000),
  extensions: ExtensionsSchema.optional(),
});
