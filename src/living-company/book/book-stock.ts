import {
  adjustStock,
  listCounts,
  openCount,
  postCount,
  recordCount,
  withdrawConsignment,
} from '#erp/inventory';
import { addDecimals } from '#kernel/decimal';
import { money, pieces } from './amounts.ts';
import { book, idOf, note, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

/** Suppliers leave goods here: theirs, until they are taken. */
export const bookConsignments = (
  desk: Desk,
  goods: readonly Of<'consignment' | 'withdrawal'>[],
): Promise<void> =>
  book(
    desk,
    goods,
    ({ supplier, item, warehouse, quantity, on }) => ({
      postedOn: on,
      text: 'left here in consignment',
      lines: [
        {
          item: idOf(desk, item),
          warehouse: idOf(desk, warehouse),
          status: 'consignment' as const,
          owner: idOf(desk, supplier),
          quantity: pieces(quantity),
        },
      ],
    }),
    (drafts) => adjustStock(desk.tx, desk.context, drafts),
  );

/** What is taken of consignment is ours, at the price of its day. */
export const bookWithdrawals = (
  desk: Desk,
  goods: readonly Of<'consignment' | 'withdrawal'>[],
): Promise<void> =>
  book(
    desk,
    goods,
    ({ supplier, item, warehouse, quantity, unitPrice, on }) => ({
      postedOn: on,
      text: 'taken of consignment',
      lines: [
        {
          item: idOf(desk, item),
          warehouse: idOf(desk, warehouse),
          owner: idOf(desk, supplier),
          quantity: pieces(quantity),
          unitCost: money(unitPrice),
        },
      ],
    }),
    (drafts) => withdrawConsignment(desk.tx, desk.context, drafts),
  );

/** Somebody counts: what the books say, but for the differences. */
export async function bookCounts(desk: Desk, counts: readonly Of<'stock-count'>[]): Promise<void> {
  for (const intent of counts) await bookCount(desk, intent);
}

async function bookCount(desk: Desk, intent: Of<'stock-count'>): Promise<void> {
  const { tx, context } = desk;
  const { warehouse, items, differences, on } = intent;
  const opened = await openCount(tx, context, {
    warehouse: idOf(desk, warehouse),
    ...(items === undefined ? {} : { items: items.map((item) => idOf(desk, item)) }),
  });
  if (!opened.ok) return refuse(desk, opened.problem.code);
  const { id, number } = opened.value;
  const [count] = await listCounts(tx, { ids: [id], limit: 1 });
  const different = new Map(differences.map((each) => [idOf(desk, each.item), each]));
  const lines = (count?.lines ?? []).map(({ line, item, status, expected }) => {
    const difference = status === 'free' ? different.get(item) : undefined;
    return difference === undefined
      ? { line, counted: expected }
      : {
          line,
          counted: addDecimals(expected, pieces(difference.quantity)),
          reason: difference.reason,
        };
  });
  const counted = await recordCount(tx, context, { ...opened.value, countedOn: on, lines });
  if (!counted.ok) return refuse(desk, counted.problem.code);
  const posted = await postCount(tx, context, { ...counted.value, postedOn: on });
  if (!posted.ok) return refuse(desk, posted.problem.code);
  note(desk, intent, { id, number });
}
