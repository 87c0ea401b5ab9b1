import type { PurchaseOrder as Content } from '#canonical';
import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import { listWarehouses } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import { changeOrders, createOrders, findOrders, statusOf, steerOrders } from '#erp/purchasing';
import type {
  LineChange,
  OrderDraft,
  OrderLine,
  OrderLineDraft,
  PurchaseOrder,
} from '#erp/purchasing';
import { currencyScale } from '#kernel';
import { compareDecimals, roundDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
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
  const lines = content.lines.map((line) => newLine(line, warehouse.value));
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

/**
 * An order with the lines that the content has: those of a number that it knows are changed, others
 * added, what is missing is cancelled. Supplier, currency and day stay; a draft may be issued.
 */
export const updateOrder = changeOf((desk, target) =>
  bookingOf('purchase-order', async (_, content) => {
    const { tx, context } = desk;
    const order = (await findOrders(tx, [target.key])).get(target.key);
    if (order === undefined || order.legalEntity !== context.legalEntity) {
      return refuse('purchasing.no-such-order', `there is no order ${target.key}`, 'id');
    }
    const stays = (['supplier', 'currency', 'issuedOn'] as const).find(
      (field) => content[field] !== order[field],
    );
    if (stays !== undefined) return no('gate.not-offered', 'that stays as it is', stays);
    const warehouse = await warehouseOf(desk, content);
    if (!warehouse.ok) return warehouse;
    const wanted = orderChanges(order, content, warehouse.value);
    if (!wanted.ok) return wanted;
    const { lines, added } = wanted.value;
    const version = versionOf(target) ?? order.version;
    if (lines.length + added.length > 0) {
      const change = { id: order.id, version, reason: desk.wish.reference, lines, added };
      const changed = only(await changeOrders(tx, context, [change]));
      if (!changed.ok) return changed;
    } else if (version !== order.version) {
      return refuse('purchasing.moved-on', `it is at version ${order.version}`, 'version');
    }
    const problem = await totalProblem(desk, order.id, content);
    if (problem !== undefined) return problem;
    if (statusOf(order) === 'draft' && content.status !== 'draft') {
      const issued = only(await steerOrders(tx, context, [{ id: order.id, step: 'issue' }]));
      if (!issued.ok) return issued;
    }
    return await standingOf(desk, order.id);
  })(desk),
);

type Stock = { readonly id: string; readonly stocked: ReadonlySet<string> };
type Line = Content['lines'][number];

/** What is different about an order's lines. */
function orderChanges(
  order: PurchaseOrder,
  { lines: wanted }: Content,
  warehouse: Stock,
): Result<{ readonly lines: readonly LineChange[]; readonly added: readonly OrderLineDraft[] }> {
  const known = new Map(order.lines.map((line) => [String(line.number), line]));
  const lines: LineChange[] = [];
  const added: OrderLineDraft[] = [];
  for (const [at, line] of wanted.entries()) {
    const now = known.get(line.number);
    known.delete(line.number);
    if (now === undefined) {
      if (line.cancelled !== true) added.push(newLine(line, warehouse));
    } else if ((line.item ?? null) !== now.item || line.ordered.unit !== now.unit) {
      return no('gate.not-offered', 'a line keeps its item and unit', `lines.${at}`);
    } else if (!now.isCancelled) {
      lines.push(...changeOfLine(line, now));
    }
  }
  for (const { number, isCancelled } of known.values()) {
    if (!isCancelled) lines.push({ line: number, isCancelled: true });
  }
  return accept({ lines, added });
}

function changeOfLine(line: Line, now: OrderLine): readonly LineChange[] {
  if (line.cancelled === true) return [{ line: now.number, isCancelled: true }];
  const change = {
    ...(isSame(line.ordered.value, now.ordered) ? {} : { quantity: line.ordered.value }),
    ...(isSame(line.unitPrice, now.unitPrice) ? {} : { unitPrice: line.unitPrice }),
    ...(isSame(line.priceBase, now.priceBase) ? {} : { priceBase: line.priceBase }),
    ...(line.promisedOn === undefined || line.promisedOn === now.promisedOn
      ? {}
      : { promisedOn: line.promisedOn }),
  };
  return Object.keys(change).length === 0 ? [] : [{ line: now.number, ...change }];
}

const isSame = (a: Decimal, b: Decimal): boolean => compareDecimals(a, b) === 0;

const newLine = (line: Line, { id, stocked }: Stock): OrderLineDraft => ({
  ...(line.item === undefined ? {} : { item: line.item }),
  ...(line.text === undefined ? {} : { text: line.text }),
  quantity: line.ordered.value,
  unit: line.ordered.unit,
  unitPrice: line.unitPrice,
  priceBase: line.priceBase,
  ...(line.promisedOn === undefined ? {} : { promisedOn: line.promisedOn }),
  ...(line.item !== undefined && stocked.has(line.item) ? { warehouse: id } : {}),
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
  { lines, extensions }: Content,
): Promise<Result<Stock>> {
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
  { netAmount, currency }: Content,
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
