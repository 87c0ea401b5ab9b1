import type { PurchaseOrder } from '#canonical';
import { accept } from '#erp/company';
import type { Result } from '#erp/company';
import { listWarehouses } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import { createOrders, findOrders, statusOf, steerOrders } from '#erp/purchasing';
import type { OrderDraft } from '#erp/purchasing';
import { currencyScale } from '#kernel';
import { compareDecimals, roundDecimal } from '#kernel/decimal';
import { bookingOf, changeOf, no, only, versionOf } from './booking.ts';
import type { BookedAs, Desk } from './booking.ts';

const KINDS: Readonly<Record<string, OrderDraft['kind']>> = {
  standard: 'standard',
  subcontract: 'subcontract',
  service: 'service',
  'blanket-release': 'blanket-release',
};

/** A draft, or an order that is issued; above the company's limit it waits for a person. */
export const createOrder = bookingOf('purchase-order', async (desk, content) => {
  const kind = KINDS[content.kind];
  if (kind === undefined) return no('gate.not-offered', 'returns are receipts here', 'kind');
  if (!['draft', 'awaiting-approval', 'issued'].includes(content.status)) {
    return no('gate.not-offered', `an order is not made ${content.status}`, 'status');
  }
  const warehouse = await warehouseOf(desk, content);
  if (!warehouse.ok) return warehouse;
  const { tx, context } = desk;
  const lines = content.lines.map((line) => ({
    ...(line.item === undefined ? {} : { item: line.item }),
    ...(line.text === undefined ? {} : { text: line.text }),
    quantity: line.ordered.value,
    unit: line.ordered.unit,
    unitPrice: line.unitPrice,
    priceBase: line.priceBase,
    ...(line.promisedOn === undefined ? {} : { promisedOn: line.promisedOn }),
    ...(line.item !== undefined && warehouse.value.stocked.has(line.item)
      ? { warehouse: warehouse.value.id }
      : {}),
  }));
  const { supplier, issuedOn, currency, requester } = content;
  const draft: OrderDraft = {
    kind,
    supplier,
    issuedOn,
    currency,
    ...(requester === undefined ? {} : { requester }),
    text: content.number,
    lines,
  };
  const made = only(await createOrders(tx, context, [draft]));
  if (!made.ok) return made;
  const problem = await totalProblem(desk, made.value.id, content);
  if (problem !== undefined) return problem;
  if (content.status !== 'draft') {
    const issued = only(await steerOrders(tx, context, [{ id: made.value.id, step: 'issue' }]));
    if (!issued.ok) return issued;
  }
  return await standingOf(desk, made.value.id);
});

/** Cancels an order of which nothing has come or been charged. */
export const cancelOrder = changeOf(async (desk, target) => {
  const { tx, context, wish } = desk;
  const version = versionOf(target);
  const step = {
    id: target.key,
    step: 'cancel' as const,
    reason: wish.reference,
    ...(version === undefined ? {} : { version }),
  };
  const done = only(await steerOrders(tx, context, [step]));
  return done.ok ? await standingOf(desk, target.key) : done;
});

async function standingOf({ tx }: Desk, id: string): Promise<Result<BookedAs>> {
  const order = (await findOrders(tx, [id])).get(id);
  if (order === undefined) return no('gate.bad-content', 'nothing came of it');
  const { version, number } = order;
  return accept({ key: id, version: String(version), number, status: statusOf(order) });
}

/** Where stock goes: what the content names, else the only warehouse there is. */
async function warehouseOf(
  { tx, entity }: Desk,
  { lines, extensions }: PurchaseOrder,
): Promise<Result<{ readonly id: string; readonly stocked: ReadonlySet<string> }>> {
  const items = await itemFacts(
    tx,
    lines.flatMap(({ item }) => item ?? []),
  );
  const stocked = new Set(
    [...items.values()].filter(({ kind }) => kind !== 'service').map(({ id }) => id),
  );
  const named = extensions?.['warehouse'];
  const all = (await listWarehouses(tx, entity.code)).filter(({ status }) => status === 'active');
  const fitting = all.filter(
    ({ id, code }) => named === undefined || named === id || named === code,
  );
  const [found, second] = fitting;
  if (stocked.size === 0) return accept({ id: found?.id ?? '', stocked });
  if (found !== undefined && second === undefined) return accept({ id: found.id, stocked });
  const message =
    found === undefined ? 'there is no such warehouse' : 'there are several: name one of them';
  return no('gate.no-warehouse', message, 'extensions.warehouse');
}

/** The ERP reckons by itself; what it comes to is what was asked for, or nothing is ordered. */
async function totalProblem(
  { tx }: Desk,
  id: string,
  { netAmount, currency }: PurchaseOrder,
): Promise<Result<never> | undefined> {
  const order = (await findOrders(tx, [id])).get(id);
  const scale = currencyScale(currency);
  const same =
    order !== undefined &&
    compareDecimals(roundDecimal(order.net, scale), roundDecimal(netAmount, scale)) === 0;
  if (same) return undefined;
  const message = `its lines come to ${order?.net ?? 'nothing'}, not to ${netAmount}`;
  return no('gate.totals-differ', message, 'netAmount');
}
