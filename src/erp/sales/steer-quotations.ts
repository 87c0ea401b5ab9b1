import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { decideEach, noteEvents } from '#erp/company/documents';
import type { LocalDate } from '#kernel/time';
import type { SalesProblemCode } from './errors.ts';
import { quotationStatusOf } from './quotation.ts';
import type { QuotationDecision, QuotationStatus } from './quotation.ts';
import { lockQuotations } from './read-quotations.ts';

/** What is done with a whole quotation. */
export type QuotationStep = 'send' | 'accept' | 'reject';

/** From where each step may be taken. */
export const QUOTATION_STEPS: Readonly<Record<QuotationStep, readonly QuotationStatus[]>> = {
  send: ['draft'],
  accept: ['sent'],
  reject: ['draft', 'sent', 'expired', 'accepted'],
};

const DONE = { send: 'sent', accept: 'accepted', reject: 'rejected' } as const;

/** Where it is written what was done with quotations. */
export const QUOTATION_EVENTS = {
  table: 'erp_sales.quotation_event',
  column: 'quotation_id',
} as const;

/** Takes quotations a step on: sent, accepted while they hold, rejected. */
export async function steerQuotations(
  tx: Handle,
  context: ErpContext,
  steps: readonly {
    readonly id: string;
    readonly version?: number; // As it was seen; another one now is refused.
    readonly step: QuotationStep;
    readonly on: LocalDate; // The legal entity's day.
    readonly reason?: string;
  }[],
): Promise<
  readonly Result<
    { readonly id: string; readonly version: number; readonly status: QuotationStatus },
    SalesProblemCode
  >[]
> {
  const quotations = await lockQuotations(
    tx,
    steps.map(({ id }) => id),
  );
  const decided = decideEach(context, quotations, steps, {
    missing: 'sales.no-such-quotation',
    moved: 'sales.moved-on',
    decide: (quotation, { step, on }): Result<QuotationDecision, SalesProblemCode> => {
      const status = quotationStatusOf(quotation, on);
      if (QUOTATION_STEPS[step].includes(status)) return accept(DONE[step]);
      return status === 'expired'
        ? refuse('sales.expired', `${quotation.number} held until ${quotation.validUntil}`)
        : refuse('sales.not-in-this-state', `${quotation.number} is ${status}`);
    },
  });
  const taken = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const values = taken.map(({ document, to }) => ({ id: document.id, decision: to }));
  await rows(
    tx,
    sql`update erp_sales.quotation q set decision = s.decision, version = q.version + 1
      from ${unnested('s', { id: 'text', decision: 'text' }, values)} where q.id = s.id`,
  );
  await noteEvents(
    tx,
    context,
    QUOTATION_EVENTS,
    taken.map(({ document, wish }) => ({
      id: document.id,
      action: DONE[wish.step],
      detail: { on: wish.on, ...(wish.reason === undefined ? {} : { reason: wish.reason }) },
    })),
  );
  return decided.map((each) => {
    if (!each.ok) return each;
    const { document, to, wish } = each.value;
    const status = quotationStatusOf({ ...document, decision: to }, wish.on);
    return accept({ id: document.id, version: document.version + 1, status });
  });
}
