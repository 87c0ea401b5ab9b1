import { createRequisitions, steerRequisitions } from '#erp/purchasing/requisitions';
import type { RequisitionDraft, RequisitionStep } from '#erp/purchasing/requisitions';
import { money, pieces } from './amounts.ts';
import { book, idOf, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

const APPROVER = 's.weber';

/** Somebody asks for goods; another agrees, or says why not. Orders name what they come of. */
export async function bookRequisitions(
  desk: Desk,
  requisitions: readonly Of<'requisition'>[],
): Promise<void> {
  const { tx, context, trade } = desk;
  const suppliers = new Map(trade.suppliers.map((each) => [each.number, each]));
  await book(
    desk,
    requisitions,
    ({ supplier, requester, on, neededOn, lines }): RequisitionDraft => ({
      requester,
      issuedOn: on,
      lines: lines.map(({ item, quantity, unitPrice, warehouse }) => ({
        item: idOf(desk, item),
        quantity: pieces(quantity),
        neededOn,
        supplier: idOf(desk, supplier),
        warehouse: idOf(desk, warehouse),
        ...(suppliers.get(supplier)?.currency === trade.entity.currency
          ? { estimatedPrice: money(unitPrice) }
          : {}),
      })),
    }),
    (drafts) => createRequisitions(tx, context, drafts),
  );
  const written = requisitions.flatMap(({ key, refusedBecause: reason }) => {
    const id = desk.noted.get(key)?.id;
    return id === undefined ? [] : [{ id, reason }];
  });
  await step(
    desk,
    context.by,
    written.map(({ id }) => ({ id, step: 'submit' })),
  );
  await step(
    desk,
    APPROVER,
    written.map(({ id, reason }) =>
      reason === undefined ? { id, step: 'approve' } : { id, step: 'reject', reason },
    ),
  );
}

async function step(
  desk: Desk,
  by: string,
  steps: readonly {
    readonly id: string;
    readonly step: RequisitionStep;
    readonly reason?: string;
  }[],
): Promise<void> {
  if (steps.length === 0) return;
  for (const each of await steerRequisitions(desk.tx, { ...desk.context, by }, steps)) {
    if (!each.ok) refuse(desk, each.problem.code);
  }
}
