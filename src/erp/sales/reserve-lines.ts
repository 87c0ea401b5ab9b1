import { rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { release, reserve } from '#erp/inventory';
import { convert, itemFacts } from '#erp/items';
import { compareDecimals, decimal, subtractDecimals } from '#kernel/decimal';
import { lockOrders } from './read-orders.ts';
import type { SalesOrderLine } from './sales-order.ts';

const ZERO = decimal('0');

/**
 * Reserves what there is of what these lines still wait for. What they have reserved is given back
 * first, so that it may be asked for again.
 */
export async function reserveLines(
  tx: Handle,
  context: ErpContext,
  lines: readonly { readonly order: string; readonly line: SalesOrderLine }[],
): Promise<void> {
  const held = lines.flatMap(({ line }) => line.reservation ?? []);
  if (held.length > 0) await release(tx, context, held);
  const reserved = await reserveWaiting(tx, context, lines);
  const columns = { order_id: 'text', number: 'integer', reservation: 'text' } as const;
  const values = lines.flatMap(({ order, line }, at) => {
    const reservation = reserved[at];
    return reservation === undefined ? [] : [{ order_id: order, number: line.number, reservation }];
  });
  if (values.length === 0) return;
  await rows(
    tx,
    sql`update erp_sales.sales_order_line l set reservation = r.reservation
      from ${unnested('r', columns, values)} where l.order_id = r.order_id and l.number = r.number`,
  );
}

/** Reserves what there is for what confirmed orders still wait for, in the order they are named. */
export async function reserveOrders(
  tx: Handle,
  context: ErpContext,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const orders = await lockOrders(tx, ids);
  const waiting = ids.flatMap((id) => {
    const order = orders.get(id);
    const isOurs = order?.legalEntity === context.legalEntity;
    const mayWait = isOurs && order.decision === 'confirmed' && !order.isClosed;
    return mayWait ? order.lines.map((line) => ({ order: id, line })) : [];
  });
  await reserveLines(tx, context, waiting);
}

type Waiting = Pick<
  SalesOrderLine,
  'number' | 'item' | 'unit' | 'ordered' | 'warehouse' | 'isDeliveredAgainst'
> &
  Partial<Pick<SalesOrderLine, 'delivered' | 'isCancelled' | 'isFinal'>>;

/** Reserves what there is of what lines wait for; answers with the reservations, in their order. */
export async function reserveWaiting(
  tx: Handle,
  context: ErpContext,
  lines: readonly { readonly order: string; readonly line: Waiting }[],
): Promise<readonly (string | undefined)[]> {
  const items = await itemFacts(
    tx,
    lines.flatMap(({ line }) => line.item ?? []),
  );
  const wanted = lines.flatMap(({ order, line }, at) => {
    const item = items.get(line.item ?? '');
    const open = subtractDecimals(line.ordered, line.delivered ?? ZERO);
    const isWanted =
      line.isDeliveredAgainst &&
      line.isCancelled !== true &&
      line.isFinal !== true &&
      compareDecimals(open, ZERO) > 0;
    if (item === undefined || line.warehouse === null || !isWanted) return [];
    const quantity = convert(item, open, line.unit);
    if (!quantity.ok) return [];
    const source = { area: 'sales', kind: 'sales-order', id: order, line: `${line.number}` };
    const wish = { item: item.id, warehouse: line.warehouse, quantity: quantity.value, source };
    return [{ at, wish: { ...wish, partial: true } }];
  });
  const reserved = await reserve(
    tx,
    context,
    wanted.map(({ wish }) => wish),
  );
  const answers: (string | undefined)[] = lines.map(() => undefined);
  for (const [place, { at }] of wanted.entries()) {
    const result = reserved[place];
    if (result?.ok === true) answers[at] = result.value.id;
  }
  return answers;
}
