import { z } from 'zod';
import {
  DecimalSchema,
  ExtensionsSchema,
  KeySchema,
  LocalDateSchema,
  NumberSchema,
  QuantitySchema,
} from './common.ts';

const WorkOrderOperationSchema = z.strictObject({
  number: NumberSchema,
  name: z.string().max(300).optional(),
  workCentre: z.string().max(100).optional(),
  kind: z.enum(['inside', 'outside']),
  setupMinutes: DecimalSchema.optional(),
  runMinutes: DecimalSchema.optional(),
  status: z.enum(['waiting', 'running', 'done']).optional(),
  yield: DecimalSchema.optional(), // In the unit of the order.
  scrap: DecimalSchema.optional(),
  order: KeySchema.optional(), // The purchase order of an outside operation.
  orderLine: NumberSchema.optional(),
});

const WorkOrderComponentSchema = z.strictObject({
  number: NumberSchema,
  item: KeySchema,
  required: QuantitySchema, // For the whole order.
  issued: DecimalSchema.optional(), // In the unit of `required`.
});

/** An order to make something. SAP production order · Oracle work order · Tryton production. */
export const WorkOrderSchema = z.strictObject({
  number: NumberSchema,
  status: z.enum(['planned', 'released', 'in-progress', 'completed', 'closed', 'cancelled']),
  sourceStatus: z.string().max(50).optional(),
  item: KeySchema,
  quantity: QuantitySchema,
  completed: DecimalSchema.optional(), // Made so far, in the unit of `quantity`.
  warehouse: KeySchema,
  plannedStartOn: LocalDateSchema.optional(),
  plannedEndOn: LocalDateSchema.optional(),
  actualStartOn: LocalDateSchema.optional(),
  actualEndOn: LocalDateSchema.optional(),
  costCentre: z.string().max(100).optional(),
  salesOrder: z.string().max(200).optional(),
  operations: z.array(WorkOrderOperationSchema).max(1_000).optional(),
  components: z.array(WorkOrderComponentSchema).max(10_000).optional(),
  extensions: ExtensionsSchema.optional(),
});
