import { z } from 'zod';
import { Day, listOf, Moment } from '../common.ts';
import {
  acts,
  AmountIn,
  Changed,
  creates,
  DayIn,
  Numbered,
  pages,
  shows,
  sort,
  text,
  version,
} from './shapes.ts';
import { NEW_ORDER, NEW_ORDER_LINE, newLines } from './trade.ts';

const QuotationStatus = z.enum([
  'draft',
  'sent',
  'accepted',
  'rejected',
  'superseded',
  'expired',
  'partly-ordered',
  'ordered',
]);
const Quotation = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  revision: z.number().int(),
  revises: z.string().nullable(), // The revision before.
  customer: z.string(),
  status: QuotationStatus,
  issuedOn: Day,
  validUntil: Day, // The last day on which it can be accepted.
  currency: z.string(),
  paymentTerms: z.string(),
  salesperson: z.string().nullable(),
  channel: z.string().nullable(),
  customerReference: z.string(),
  text: z.string(),
  net: z.string(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        item: z.string().nullable(),
        text: z.string(),
        unit: z.string(),
        quantity: z.string(),
        unitPrice: z.string(),
        priceBase: z.string(),
        discountPercent: z.string(),
        net: z.string(),
        taxCode: z.string().nullable(),
        warehouse: z.string().nullable(),
        costCentre: z.string().nullable(),
        project: z.string().nullable(),
        isDeliveredAgainst: z.boolean(),
        ordered: z.string(),
      }),
    )
    .readonly(),
});
const { promisedOn: _promised, ...NEW_LINE } = NEW_ORDER_LINE;
const NewQuotation = z.strictObject({
  ...NEW_ORDER,
  customer: text(100),
  validUntil: DayIn,
  salesperson: text(100).exactOptional(),
  channel: text(50).exactOptional(),
  customerReference: text(100).exactOptional(),
  lines: newLines(
    z.strictObject({
      ...NEW_LINE,
      discountPercent: AmountIn.exactOptional(),
      isDeliveredAgainst: z.boolean().exactOptional(),
    }),
  ),
});
const Revised = Numbered.extend({ revision: z.number().int() });

/** Routes about what customers are offered. */
export const QUOTATION_ROUTES = {
  listQuotations: pages('quotations', Quotation, {
    customer: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    status: listOf(QuotationStatus).exactOptional(), // As of today.
    ...sort(['issuedOn', 'validUntil', 'number', 'customer', 'net']),
  }),
  getQuotation: shows('quotations/:id', Quotation),
  createQuotation: creates('quotations', NewQuotation, Revised),
  reviseQuotation: acts(
    'quotations/:id/revisions',
    z.strictObject({ version, draft: NewQuotation }),
    Revised,
  ),
  stepQuotation: acts(
    'quotations/:id/steps',
    z.strictObject({
      step: z.enum(['send', 'accept', 'reject']),
      version,
      reason: text(500).exactOptional(),
    }),
    Changed.extend({ status: QuotationStatus }),
  ),
  orderQuotation: acts(
    'quotations/:id/orders',
    z.strictObject({
      issuedOn: DayIn,
      requestedOn: DayIn.exactOptional(),
      customerReference: text(100).exactOptional(),
      lines: newLines(
        z.strictObject({
          line: z.number().int(),
          quantity: AmountIn.exactOptional(), // Else all that is left.
          promisedOn: DayIn.exactOptional(),
        }),
      ).exactOptional(), // Left out: every line, as far as something is left.
    }),
    Numbered, // The sales order, a draft.
  ),
} as const;
