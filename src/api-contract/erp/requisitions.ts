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
import { newLines } from './trade.ts';

const RequisitionStatus = z.enum([
  'draft',
  'submitted',
  'approved',
  'rejected',
  'withdrawn',
  'partly-ordered',
  'ordered',
  'closed',
]);
const Requisition = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  requester: z.string(),
  status: RequisitionStatus,
  issuedOn: Day,
  text: z.string(),
  approvedBy: z.string().nullable(),
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        item: z.string().nullable(),
        text: z.string(),
        quantity: z.string(),
        unit: z.string(),
        neededOn: Day,
        estimatedPrice: z.string().nullable(), // Company currency, per unit.
        supplier: z.string().nullable(), // Whom the requester would ask.
        warehouse: z.string().nullable(),
        account: z.string().nullable(),
        costCentre: z.string().nullable(),
        project: z.string().nullable(),
        ordered: z.string(),
      }),
    )
    .readonly(),
});
const NewRequisition = z.strictObject({
  requester: text(100).exactOptional(), // Else who writes it down.
  issuedOn: DayIn,
  text: text(1000).exactOptional(),
  lines: newLines(
    z.strictObject({
      item: text(100).exactOptional(), // None: what `text` says.
      text: text(500).exactOptional(),
      quantity: AmountIn,
      unit: text(20).exactOptional(),
      neededOn: DayIn,
      estimatedPrice: AmountIn.exactOptional(),
      supplier: text(100).exactOptional(),
      warehouse: text(100).exactOptional(),
      account: text(20).exactOptional(),
      costCentre: text(50).exactOptional(),
      project: text(100).exactOptional(),
    }),
  ),
});
const Wish = z.strictObject({
  requisition: text(100),
  line: z.number().int(),
  quantity: AmountIn.exactOptional(), // Else all that is left.
  supplier: text(100).exactOptional(), // Else whom the line names.
  unitPrice: AmountIn.exactOptional(), // Else the price that holds, else the estimate.
  issuedOn: DayIn,
  promisedOn: DayIn.exactOptional(),
});
const Stepped = Changed.extend({ status: RequisitionStatus });
const reason = text(500).exactOptional();

/** Routes about what people want to be bought. */
export const REQUISITION_ROUTES = {
  listRequisitions: pages('requisitions', Requisition, {
    requester: text(100).exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    status: listOf(RequisitionStatus).exactOptional(),
    ...sort(['issuedOn', 'number', 'requester']),
  }),
  getRequisition: shows('requisitions/:id', Requisition),
  createRequisition: creates('requisitions', NewRequisition, Numbered),
  stepRequisition: acts(
    'requisitions/:id/steps',
    z.strictObject({ step: z.enum(['submit', 'withdraw', 'close', 'reopen']), version, reason }),
    Stepped,
  ),
  decideRequisition: acts(
    'requisitions/:id/decision',
    z.strictObject({ step: z.enum(['approve', 'reject']), version, reason }),
    Stepped,
  ),
  orderRequisitions: creates(
    'requisition-orders',
    z.strictObject({ lines: newLines(Wish) }),
    z.strictObject({
      lines: z // As asked for.
        .array(z.object({ order: z.string(), number: z.string(), line: z.number().int() }))
        .readonly(),
    }),
  ),
} as const;
