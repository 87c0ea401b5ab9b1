import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, linkDocuments, momentsOf, refuse, takeNumbersOn } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach, noteEvents } from '#erp/company/documents';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import { decideOrder } from './decide-order.ts';
import type { DecidedOrder, OrderFacts } from './decide-order.ts';
import type { SalesProblemCode } from './errors.ts';
import { readOrderFacts } from './order-facts.ts';
import type { Quotation, QuotationDraft } from './quotation.ts';
import { lockQuotations } from './read-quotations.ts';
import { QUOTATION_EVENTS } from './steer-quotations.ts';

type Code = SalesProblemCode;
type Decided = { readonly draft: QuotationDraft; readonly order: DecidedOrder };

/** A quotation as it was written. */
export type CreatedQuotation = {
  readonly id: string;
  readonly number: string;
  readonly revision: number;
};

type Written = CreatedQuotation & Decided & { readonly revises: string | undefined };

/** Writes quotations down as drafts; `steerQuotations` sends them. */
export async function createQuotations(
  tx: Handle,
  context: ErpContext,
  drafts: readonly QuotationDraft[],
): Promise<readonly Result<CreatedQuotation, Code>[]> {
  const facts = await readOrderFacts(tx, context, drafts);
  const decided = drafts.map((draft) => decideQuotation(facts, draft));
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const days = good.map(({ draft }) => draft.issuedOn);
  const numbers = await takeNumbersOn(tx, context.legalEntity, 'SQ', days);
  const nowMs = millisecondsOf(context.clock());
  const written = good.map((each, at): Written => {
    const id = newId('sq', nowMs);
    return { ...each, id, number: numbers[at] ?? '', revision: 1, revises: undefined };
  });
  await write(tx, context, written);
  const next = written.values();
  return decided.map((each) => (each.ok ? accept(createdOf(next.next().value)) : each));
}

/**
 * Replaces quotations by their next revision, a draft again, under the same number. What has been
 * ordered of one keeps it as it is.
 */
export async function reviseQuotations(
  tx: Handle,
  context: ErpContext,
  wishes: readonly {
    readonly id: string;
    readonly version?: number; // As it was seen; another one now is refused.
    readonly draft: QuotationDraft;
  }[],
): Promise<readonly Result<CreatedQuotation, Code>[]> {
  const quotations = await lockQuotations(
    tx,
    wishes.map(({ id }) => id),
  );
  const facts = await readOrderFacts(
    tx,
    context,
    wishes.map(({ draft }) => draft),
  );
  const decided = decideEach(context, quotations, wishes, {
    missing: 'sales.no-such-quotation',
    moved: 'sales.moved-on',
    decide: (quotation, { draft }) => decideRevision(facts, quotation, draft),
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  await rows(
    tx,
    sql`update erp_sales.quotation set decision = 'superseded', version = version + 1
      where id = any(${good.map(({ document }) => document.id)})`,
  );
  const nowMs = millisecondsOf(context.clock());
  const written = good.map(({ document, to }): Written => {
    const { number, revision, id: revises } = document;
    return { ...to, id: newId('sq', nowMs), number, revision: revision + 1, revises };
  });
  await write(tx, context, written);
  await linkDocuments(
    tx,
    written.map(({ id, number, revises = '' }) => ({
      from: { kind: 'quotation', id: revises, number },
      to: { kind: 'quotation', id, number },
    })),
  );
  const next = written.values();
  return decided.map((each) => (each.ok ? accept(createdOf(next.next().value)) : each));
}

const createdOf = (written: Written | undefined): CreatedQuotation => {
  const { id = '', number = '', revision = 1 } = written ?? {};
  return { id, number, revision };
};

function decideQuotation(facts: OrderFacts, draft: QuotationDraft): Result<Decided, Code> {
  if (draft.validUntil < draft.issuedOn) {
    return refuse('sales.expired', 'a quotation holds on the day it is issued', 'validUntil');
  }
  const order = decideOrder(facts, draft);
  return order.ok ? accept({ draft, order: order.value }) : order;
}

function decideRevision(
  facts: OrderFacts,
  { number, customer, decision, progress }: Quotation,
  draft: QuotationDraft,
): Result<Decided, Code> {
  if (decision === 'superseded' || progress !== 'open') {
    const why = decision === 'superseded' ? 'has been revised' : 'has been ordered';
    return refuse('sales.not-in-this-state', `${number} ${why}`);
  }
  if (draft.customer !== customer) {
    return refuse('sales.several-customers', `${number} is for another customer`, 'customer');
  }
  return decideQuotation(facts, draft);
}

async function write(tx: Handle, context: ErpContext, written: readonly Written[]): Promise<void> {
  const momentOf = momentsOf(context);
  const header = {
    id: 'text',
    legal_entity: 'text',
    number: 'text',
    revision: 'integer',
    revises: 'text',
    customer: 'text',
    decision: 'text',
    issued_on: 'date',
    valid_until: 'date',
    currency: 'text',
    payment_terms: 'text',
    salesperson: 'text',
    channel: 'text',
    customer_reference: 'text',
    text: 'text',
    net: 'numeric',
    created_by: 'text',
    created_at: 'timestamptz',
  } as const;
  const headers = written.map(({ id, number, revision, revises, draft, order }) => ({
    id,
    legal_entity: context.legalEntity,
    number,
    revision,
    revises,
    customer: order.customer,
    decision: 'draft',
    issued_on: order.issuedOn,
    valid_until: draft.validUntil,
    currency: order.currency,
    payment_terms: order.paymentTerms,
    salesperson: order.salesperson,
    channel: order.channel,
    customer_reference: order.customerReference ?? '',
    text: order.text ?? '',
    net: order.net,
    created_by: context.by,
    created_at: momentOf(order.issuedOn),
  }));
  await insertRows(tx, 'erp_sales.quotation', header, headers);
  await writeLines(tx, written);
  await noteEvents(
    tx,
    context,
    QUOTATION_EVENTS,
    written.map(({ id, revision }) => ({
      id,
      action: revision === 1 ? 'created' : 'revised',
      detail: { revision },
    })),
  );
}

async function writeLines(tx: Handle, written: readonly Written[]): Promise<void> {
  const columns = {
    quotation_id: 'text',
    number: 'integer',
    item: 'text',
    text: 'text',
    unit: 'text',
    quantity: 'numeric',
    unit_price: 'numeric',
    price_base: 'numeric',
    discount_percent: 'numeric',
    net: 'numeric',
    tax_code: 'text',
    warehouse: 'text',
    cost_centre: 'text',
    project: 'text',
    is_delivered_against: 'boolean',
  } as const;
  const values = written.flatMap(({ id, order }) =>
    order.lines.map((line, at) => ({
      quotation_id: id,
      number: (at + 1) * 10,
      item: line.item,
      text: line.text,
      unit: line.unit,
      quantity: line.quantity,
      unit_price: line.unitPrice,
      price_base: line.priceBase,
      discount_percent: line.discountPercent,
      net: line.net,
      tax_code: line.taxCode,
      warehouse: line.warehouse,
      cost_centre: line.costCentre,
      project: line.project,
      is_delivered_against: line.isDeliveredAgainst,
    })),
  );
  await insertRows(tx, 'erp_sales.quotation_line', columns, values);
}
