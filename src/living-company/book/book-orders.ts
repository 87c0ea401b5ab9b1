import { createOrders, reserveOrders } from '#erp/sales';
import type { SalesOrderDraft } from '#erp/sales';
import { createQuotations, steerQuotations } from '#erp/sales/quotations';
import type { QuotationDraft } from '#erp/sales/quotations';
import { decimalOf } from '#kernel/decimal';
import type { WantedLine } from '../world/intent.ts';
import { LINE_STEP, money, pieces } from './amounts.ts';
import { book, documentOf, idOf, refuse } from './desk.ts';
import type { Desk, Of } from './desk.ts';

const lineOf = (
  desk: Desk,
  { item, quantity, unitPrice, warehouse, discountPerMille = 0 }: WantedLine,
  taxCode: string,
) => ({
  item: idOf(desk, item),
  quantity: pieces(quantity),
  unitPrice: money(unitPrice),
  discountPercent: decimalOf(BigInt(discountPerMille), 1),
  taxCode,
  warehouse: idOf(desk, warehouse),
});

const taxCodes = ({ trade }: Desk): ((customer: string) => string) => {
  const codes = new Map(trade.customers.map(({ number, taxCode }) => [number, taxCode]));
  return (customer) => codes.get(customer) ?? 'OUT-STD';
};

/** Quotations are written and sent. */
export async function bookQuotations(
  desk: Desk,
  quotations: readonly Of<'quotation'>[],
): Promise<void> {
  const { tx, context } = desk;
  const taxCodeOf = taxCodes(desk);
  await book(
    desk,
    quotations,
    ({ customer, on, validUntil, lines }): QuotationDraft => ({
      customer: idOf(desk, customer),
      issuedOn: on,
      validUntil,
      channel: 'field',
      lines: lines.map((line) => lineOf(desk, line, taxCodeOf(customer))),
    }),
    (drafts) => createQuotations(tx, context, drafts),
  );
  await stepQuotations(
    desk,
    quotations.flatMap(({ key, on }) => {
      const id = desk.noted.get(key)?.id;
      return id === undefined ? [] : [{ id, step: 'send' as const, on }];
    }),
  );
}

async function stepQuotations(
  desk: Desk,
  steps: Parameters<typeof steerQuotations>[2],
): Promise<void> {
  if (steps.length === 0) return;
  for (const each of await steerQuotations(desk.tx, desk.context, steps)) {
    if (!each.ok) refuse(desk, each.problem.code);
  }
}

/** Customers say no. */
export const loseQuotations = (
  desk: Desk,
  losses: readonly Of<'quotation-loss'>[],
): Promise<void> =>
  book(
    desk,
    losses,
    ({ quotation, on, reason }) => {
      const found = documentOf(desk, quotation);
      return found === undefined
        ? undefined
        : { id: found.id, step: 'reject' as const, on, reason };
    },
    (steps) => steerQuotations(desk.tx, desk.context, steps),
  );

/** What the customer calls his order. */
const referenceOf = ({ customer, key }: Of<'sales-order'>): string => `${customer} ${key.slice(2)}`;

/** Orders are written, some from quotations, and confirmed. Stock is reserved for those that `promiseStock` names. */
export async function bookSalesOrders(
  desk: Desk,
  orders: readonly Of<'sales-order'>[],
): Promise<void> {
  const { tx, context } = desk;
  const taxCodeOf = taxCodes(desk);
  await acceptQuotations(desk, orders);
  await book(
    desk,
    orders,
    (intent): SalesOrderDraft | undefined => {
      const { customer, on, promisedOn, channel, lines, quotation: key } = intent;
      const quotation = key === undefined ? undefined : documentOf(desk, key);
      if (key !== undefined && quotation === undefined) return undefined;
      return {
        customer: idOf(desk, customer),
        issuedOn: on,
        requestedOn: promisedOn,
        channel,
        customerReference: referenceOf(intent),
        lines: lines.map((line, at) => ({
          ...lineOf(desk, line, taxCodeOf(customer)),
          promisedOn,
          ...(quotation === undefined
            ? {}
            : { quotation: { id: quotation.id, line: (at + 1) * LINE_STEP } }),
        })),
      };
    },
    (drafts) => createOrders(tx, context, drafts, { confirm: true, reserve: false }),
  );
}

/**
 * Reserves stock, as far as there is some, for what new orders still wait for once all has left that
 * leaves: what comes and leaves within the same days needs no promise in between.
 */
export async function promiseStock(
  desk: Desk,
  orders: readonly Of<'sales-order'>[],
  deliveries: readonly Of<'delivery'>[],
): Promise<void> {
  const left = new Map<string, number>();
  for (const { order, lines } of deliveries) {
    for (const { quantity } of lines) left.set(order, (left.get(order) ?? 0) + quantity);
  }
  const waiting = orders.filter(({ key, lines }) => {
    const wanted = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    return (left.get(key) ?? 0) < wanted;
  });
  const ids = waiting.flatMap(({ key }) => documentOf(desk, key)?.id ?? []);
  await reserveOrders(desk.tx, desk.context, ids);
}

/** Customers say yes to what was quoted. */
const acceptQuotations = (desk: Desk, orders: readonly Of<'sales-order'>[]): Promise<void> =>
  stepQuotations(
    desk,
    orders.flatMap(({ quotation: key, on }) => {
      const id = key === undefined ? undefined : documentOf(desk, key)?.id;
      return id === undefined ? [] : [{ id, step: 'accept' as const, on }];
    }),
  );
