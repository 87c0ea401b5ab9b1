import { adjustStock, transferStock } from '#erp/inventory';
import {
  closeWorkOrders,
  createWorkOrders,
  postConfirmations,
  releaseWorkOrders,
} from '#erp/production';
import type { ConfirmationDraft } from '#erp/production';
import { recordDowntimes } from '#erp/production/planning';
import { negateDecimal } from '#kernel/decimal';
import { pieces } from './amounts.ts';
import { momentOf } from './moment.ts';
import { book, documentOf, idOf, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

/** Work orders are written and released: their materials are reserved. */
export async function bookWorkOrders(
  desk: Desk,
  orders: readonly Of<'work-order'>[],
): Promise<void> {
  const { tx, context } = desk;
  await book(
    desk,
    orders,
    ({ item, quantity, on, endsOn }) => ({
      item: idOf(desk, item),
      quantity: pieces(quantity),
      warehouse: idOf(desk, 'PLANT'),
      plannedStartOn: on,
      plannedEndOn: endsOn,
    }),
    (drafts) => createWorkOrders(tx, context, drafts),
  );
  const ids = orders.flatMap(({ key }) => desk.noted.get(key)?.id ?? []);
  if (ids.length === 0) return;
  const released = await releaseWorkOrders(
    tx,
    context,
    ids.map((id) => ({ id })),
  );
  for (const each of released) if (!each.ok) refuse(desk, each.problem.code);
}

/** What was done at machines and in assembly; with the last operation goods come into stock. */
export const bookConfirmations = (
  desk: Desk,
  confirmations: readonly Of<'confirmation'>[],
): Promise<void> =>
  book(
    desk,
    confirmations,
    (intent): ConfirmationDraft | undefined => {
      const order = documentOf(desk, intent.order);
      if (order === undefined) return undefined;
      const { on, minuteFrom, setupSeconds, runSeconds } = intent;
      const minutes = Math.ceil((setupSeconds + runSeconds) / 60) + 1;
      return {
        order: order.id,
        operation: intent.operation,
        good: pieces(intent.good),
        scrap: pieces(intent.scrap),
        ...(intent.scrapReason === undefined ? {} : { scrapReason: intent.scrapReason }),
        startedAt: momentOf(on, minuteFrom),
        endedAt: momentOf(on, minuteFrom + minutes),
        postedOn: on,
        isFinal: true,
        setupSeconds,
        runSeconds,
        ...(intent.isLast ? { receive: {} } : {}),
      };
    },
    (drafts) => postConfirmations(desk.tx, desk.context, drafts),
  );

/** Orders that are made are settled. */
export const closeOrders = (desk: Desk, orders: readonly Of<'close-work-order'>[]): Promise<void> =>
  book(
    desk,
    orders,
    ({ order, on }) => {
      const found = documentOf(desk, order);
      return found === undefined ? undefined : { id: found.id, on };
    },
    (drafts) => closeWorkOrders(desk.tx, desk.context, drafts),
  );

/** Machines stand still. */
export const bookDowntimes = (desk: Desk, stops: readonly Of<'downtime'>[]): Promise<void> =>
  book(
    desk,
    stops,
    ({ workCentre, reason, isPlanned, on, minuteFrom, minutes }) => ({
      workCentre: idOf(desk, workCentre),
      reason,
      isPlanned,
      startedAt: momentOf(on, minuteFrom),
      endedAt: momentOf(on, minuteFrom + minutes),
    }),
    (drafts) => recordDowntimes(desk.tx, desk.context, drafts),
  );

/** What is missing is taken off the books. */
export const bookLosses = (desk: Desk, losses: readonly Of<'stock-loss'>[]): Promise<void> =>
  book(
    desk,
    losses,
    ({ item, warehouse, quantity, reason, on }) => ({
      postedOn: on,
      text: reason,
      lines: [
        {
          item: idOf(desk, item),
          warehouse: idOf(desk, warehouse),
          quantity: negateDecimal(pieces(quantity)),
          reason,
        },
      ],
    }),
    (drafts) => adjustStock(desk.tx, desk.context, drafts),
  );

/** Stores help one another out. */
export const bookTransfers = (
  desk: Desk,
  transfers: readonly Of<'stock-transfer'>[],
): Promise<void> =>
  book(
    desk,
    transfers,
    ({ item, from, to, quantity, on }) => ({
      postedOn: on,
      text: 'runs low there',
      lines: [
        {
          item: idOf(desk, item),
          warehouse: idOf(desk, from),
          toWarehouse: idOf(desk, to),
          quantity: pieces(quantity),
        },
      ],
    }),
    (drafts) => transferStock(desk.tx, desk.context, drafts),
  );
