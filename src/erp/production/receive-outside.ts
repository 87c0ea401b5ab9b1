import type { Handle } from '#database';
import { accept, bookTogether, refuse } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { findReceipts, postReceipts } from '#erp/purchasing';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { answersOf, bookNumbered, numberPostings, refusedBy } from './book-postings.ts';
import type { Late, Numbered } from './book-postings.ts';
import { decideYield, operationFor } from './decide-confirmation.ts';
import type { YieldDraft } from './decide-confirmation.ts';
import type { ProductionProblemCode } from './errors.ts';
import { listOutsideOrders } from './order-outside.ts';
import type { OrderedService } from './order-outside.ts';
import type { DecidedPosting, Posted } from './posting.ts';
import { readFacts } from './production-facts.ts';
import type { ProductionFacts } from './production-facts.ts';

type Code = ProductionProblemCode;

/** What comes back from the supplier of an outside operation. */
export type OutsideReceiptDraft = YieldDraft & {
  readonly purchaseOrder?: string; // Else the one that was sent for the operation.
  readonly charged?: Decimal; // Pieces that the supplier is paid for; else the good ones.
  readonly receivedOn: LocalDate;
  readonly deliveryNote?: string;
};

type Decided = {
  readonly posting: DecidedPosting;
  readonly service: OrderedService | undefined;
  readonly charged: Decimal;
};

const ZERO = decimal('0');

/**
 * Takes pieces back from suppliers: good and scrap, what they used of our stock there, and what the
 * service costs at the price it was ordered at, by a receipt of the purchase order.
 */
export const receiveOutside = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly OutsideReceiptDraft[],
): Promise<readonly Result<Posted, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookReceipts(tx, context, asked));

async function bookReceipts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly OutsideReceiptDraft[],
): Promise<Booked<Posted, Code>> {
  const orders = drafts.map(({ order }) => order);
  const days = drafts.map(({ postedOn }) => postedOn);
  const facts = await readFacts(tx, context, { orders, days });
  const services = await listOutsideOrders(tx, orders);
  const decided = drafts.map((draft) => decideOutside(facts, draft, services));
  const postings = decided.map((each) => (each.ok ? accept(each.value.posting) : each));
  const late: Late = new Map();
  const numbered = await numberPostings(tx, context, postings);
  const received = await receiveServices(tx, context, { numbered, drafts, decided, late });
  const posted = await bookNumbered(tx, context, received, late);
  return { results: answersOf(postings, posted), late };
}

function decideOutside(
  facts: ProductionFacts,
  draft: OutsideReceiptDraft,
  services: readonly OrderedService[],
): Result<Decided, Code> {
  const found = operationFor(facts, draft, 'outside');
  if (!found.ok) return found;
  const { charged = draft.good ?? ZERO } = draft;
  const own = services.filter(
    ({ order, operation, purchaseOrder }) =>
      order === draft.order &&
      operation === draft.operation &&
      (draft.purchaseOrder === undefined || purchaseOrder === draft.purchaseOrder),
  );
  const isPaid = compareDecimals(charged, ZERO) > 0;
  if (isPaid && own.length !== 1) {
    const message = `${own.length} purchase orders were sent for operation ${draft.operation}`;
    return refuse('production.no-such-purchase-order', message, 'purchaseOrder');
  }
  const times = { setupSeconds: 0, runSeconds: 0, labourSeconds: 0, downSeconds: 0 };
  const posting = decideYield(facts, draft, { ...found.value, costs: [], times });
  return posting.ok
    ? accept({ posting: posting.value, service: isPaid ? own[0] : undefined, charged })
    : posting;
}

/** Books the receipts of the services, and what they cost into work in progress. */
async function receiveServices(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly numbered: readonly Numbered[];
    readonly drafts: readonly OutsideReceiptDraft[];
    readonly decided: readonly Result<Decided, Code>[];
    readonly late: Late;
  },
): Promise<readonly Numbered[]> {
  const asked = of.numbered.flatMap((each) => {
    const [draft, one] = [of.drafts[each.place], of.decided[each.place]];
    const service = one?.ok === true ? one.value.service : undefined;
    return draft === undefined || one?.ok !== true || service === undefined
      ? []
      : [{ each, draft, service, charged: one.value.charged }];
  });
  const results = await postReceipts(
    tx,
    context,
    asked.map(({ draft, service, charged }) => ({
      receivedOn: draft.receivedOn,
      postedOn: draft.postedOn,
      ...(draft.deliveryNote === undefined ? {} : { deliveryNote: draft.deliveryNote }),
      lines: [
        {
          order: service.purchaseOrder,
          line: service.purchaseOrderLine,
          quantity: charged,
          isFinal: draft.isFinal ?? false,
        },
      ],
    })),
  );
  const receiptOf = new Map<string, string>();
  for (const [at, { each }] of asked.entries()) {
    const result = results[at];
    if (result?.ok === true) receiptOf.set(each.id, result.value.id);
    else if (result !== undefined) {
      of.late.set(each.place, refusedBy('production.purchase-refused', result));
    }
  }
  const receipts = await findReceipts(tx, [...receiptOf.values()]);
  return of.numbered.map((each) => {
    const receipt = receipts.get(receiptOf.get(each.id) ?? '');
    if (receipt === undefined) return each;
    const amount = sumDecimals(receipt.lines.map(({ value }) => value));
    const operation = each.posting.confirmation?.operation ?? null;
    const cost = { kind: 'outside', operation, amount, costCentre: null } as const;
    const isNothing = compareDecimals(amount, ZERO) === 0;
    const costs = isNothing ? each.posting.costs : [...each.posting.costs, cost];
    return { ...each, posting: { ...each.posting, costs, goodsReceipt: receipt.id } };
  });
}
