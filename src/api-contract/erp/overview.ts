import { z } from 'zod';
import { Day } from '../common.ts';
import { tells } from './shapes.ts';

const Count = z.number().int().min(0);
const Orders = z.strictObject({
  open: Count, // Not all of it delivered, or received.
  openAmount: z.string(), // Of whole orders, net; company currency, as every amount here.
  late: Count, // Of these: something should have left, or come, before today.
  lateAmount: z.string(),
});
const Owed = z.strictObject({
  open: z.string(), // Less payments and credit notes that settle nothing yet.
  overdue: z.string(),
  overdueItems: Count,
  soon: z.string(), // Due within a week.
  soonItems: Count,
  notDue: z.string(),
  byAge: z.array(z.string()).readonly(), // Overdue for up to 30, 60, 90 days, and longer.
});
const Month = z.strictObject({
  fiscalYear: z.number().int(),
  period: z.number().int(),
  from: Day,
  to: Day,
  status: z.enum(['open', 'soft-closed', 'closed']),
  revenue: z.string(),
});

/** Routes that show a company as a whole. */
export const OVERVIEW_ROUTES = {
  getCompanyOverview: tells(
    'overview',
    // What the reader may not read is left out.
    z.strictObject({
      on: Day, // The day it is where the company is.
      until: Day, // The last day that is soon.
      currency: z.string(),
      sales: Orders.exactOptional(),
      purchasing: Orders.exactOptional(),
      receivables: Owed.exactOptional(),
      payables: Owed.exactOptional(),
      stock: z.strictObject({ value: z.string(), positions: Count, none: Count }).exactOptional(),
      production: z.strictObject({ running: Count, late: Count }).exactOptional(),
      cash: z.strictObject({ accounts: Count, balance: z.string() }).exactOptional(),
      months: z.array(Month).readonly().exactOptional(), // That have begun, the oldest first.
      unclosed: z
        .strictObject({ periods: Count, first: z.string().exactOptional() }) // Month / fiscal year.
        .exactOptional(),
      decisions: z.strictObject({
        ordersOnHold: Count.exactOptional(),
        purchaseOrders: Count.exactOptional(),
        requisitions: Count.exactOptional(),
        paymentRuns: Count.exactOptional(),
        dunningRuns: Count.exactOptional(),
        changeOrders: Count.exactOptional(), // Of projects.
      }),
    }),
    {},
  ),
} as const;
