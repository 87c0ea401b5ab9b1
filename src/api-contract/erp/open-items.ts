import { z } from 'zod';
import { Day } from '../common.ts';
import {
  acts,
  all,
  AmountIn,
  BETWEEN,
  Changed,
  creates,
  DayIn,
  pages,
  shows,
  sort,
  tells,
  text,
  version,
} from './shapes.ts';

const Dispute = z.strictObject({ reason: z.string(), amount: z.string(), since: Day });

/** What is owed for one document. Amounts are above zero, in the document's currency. */
export const OpenItem = z.object({
  id: z.string(),
  legalEntity: z.string(),
  effect: z.enum(['raises', 'lowers']), // What is owed.
  kind: z.enum(['invoice', 'credit-note', 'payment', 'prepayment', 'opening']),
  party: z.string(),
  documentKind: z.string(),
  documentId: z.string(),
  documentNumber: z.string(),
  instalment: z.number().int(),
  entryId: z.string().optional(),
  currency: z.string(),
  amount: z.string(),
  open: z.string(),
  companyAmount: z.string(),
  companyOpen: z.string(),
  issuedOn: Day,
  postedOn: Day,
  dueOn: Day,
  discounts: z.array(z.strictObject({ percent: z.string(), until: Day })).readonly(),
  dispute: Dispute.optional(),
  blocks: z.array(z.string()).readonly(), // Why it is not paid.
  dunningLevel: z.number().int(),
  dunnedOn: Day.optional(),
  version: z.number().int(),
});
const Allocation = z.object({
  id: z.string(),
  raising: z.string(),
  lowering: z.string(),
  on: Day,
  amount: z.string(), // Below zero: it takes another one back.
  discount: z.string(),
  difference: z.string(), // What exchange rates gained or lost; company currency.
  reverses: z.string().nullable(),
  reversedBy: z.string().nullable(),
});
const Aging = z.object({
  party: z.string(),
  notDue: z.string(), // Company currency, as all of it.
  overdue: z.array(z.string()).readonly(), // Up to 30, 60, 90 days, and beyond.
  total: z.string(),
});

/** Routes about what one side owes: the same for payables and receivables. */
export const itemRoutes = (side: 'payables' | 'receivables') => ({
  list: pages(side, OpenItem, {
    party: text(100).exactOptional(),
    state: z.enum(['open', 'overdue', 'cleared']).exactOptional(),
    ...BETWEEN, // Due.
    asOf: DayIn.exactOptional(), // Overdue on which day; else today.
    document: text(50).exactOptional(), // Its number begins like this.
    ...sort(['dueOn', 'postedOn', 'documentNumber', 'party', 'amount']),
  }),
  show: shows(
    `${side}/:id`,
    z.strictObject({ item: OpenItem, allocations: z.array(Allocation).readonly() }),
  ),
  mark: acts(
    `${side}/:id/marks`,
    z.strictObject({
      version,
      blocks: z.array(text(50)).max(10).exactOptional(), // Empty: it may be paid.
      dispute: z
        .strictObject({ reason: text(500), amount: AmountIn, since: DayIn })
        .nullable() // Null ends it.
        .exactOptional(),
    }),
    Changed,
  ),
  aging: tells(`${side}-aging`, all(Aging), {
    asOf: DayIn,
    party: text(100).exactOptional(),
  }),
  allocate: creates(
    `${side}-allocations`,
    z.strictObject({
      raising: text(100), // The invoice's open item.
      lowering: text(100), // The payment's or credit note's.
      amount: AmountIn,
      discount: AmountIn.exactOptional(),
      on: DayIn,
    }),
    z.object({ id: z.string() }),
  ),
  reverse: acts(
    `${side}/:id/reverse-allocation`,
    z.strictObject({ allocation: text(100), on: DayIn }),
    z.object({ id: z.string() }),
  ),
});
