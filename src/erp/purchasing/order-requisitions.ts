import type { Handle } from '#database';
import { accept, companyCurrencyOf, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { itemFacts, pricesOf } from '#erp/items';
import type { Item, Price } from '#erp/items';
import { supplierFacts } from '#erp/parties';
import type { Party } from '#erp/parties';
import { compareDecimals, decimal, multiplyDecimals, subtractDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { createOrders } from './create-orders.ts';
import type { PurchasingProblemCode } from './errors.ts';
import type { OrderLineDraft } from './purchase-order.ts';
import { lockRequisitions } from './read-requisitions.ts';
import type { Requisition, RequisitionLine } from './requisition.ts';

type Code = PurchasingProblemCode;

/** So much of a requisition's line that is to be ordered. */
export type OrderingWish = {
  readonly requisition: string;
  readonly line: number;
  readonly quantity?: Decimal; // Else all that is left.
  readonly supplier?: string; // Else whom the line names.
  readonly unitPrice?: Decimal; // Else the price that holds, else the estimate.
  readonly issuedOn: LocalDate;
  readonly promisedOn?: LocalDate;
};

/** The order line that came of a wish. */
export type OrderedPart = {
  readonly order: string;
  readonly number: string;
  readonly line: number;
};

type Part = {
  readonly place: number; // Of the wish.
  readonly supplier: string;
  readonly issuedOn: LocalDate;
  readonly currency: string;
  readonly line: OrderLineDraft;
};

type Facts = {
  readonly companyCurrency: string;
  readonly requisitions: ReadonlyMap<string, Requisition>;
  readonly items: ReadonlyMap<string, Item>;
  readonly suppliers: ReadonlyMap<string, Party>;
};

const ONE = decimal('1');

/**
 * Orders what was approved: one draft of an order for each supplier and day. What cannot be ordered
 * is refused by itself; the rest of its order is written.
 */
export async function orderRequisitions(
  tx: Handle,
  context: ErpContext,
  wishes: readonly OrderingWish[],
): Promise<readonly Result<OrderedPart, Code>[]> {
  const requisitions = await lockRequisitions(
    tx,
    wishes.map(({ requisition }) => requisition),
  );
  const lines = wishes.map(({ requisition, line }) =>
    requisitions.get(requisition)?.lines.find(({ number }) => number === line),
  );
  const facts: Facts = {
    companyCurrency: await companyCurrencyOf(tx, context.legalEntity),
    requisitions,
    items: await itemFacts(
      tx,
      lines.flatMap((line) => line?.item ?? []),
    ),
    suppliers: await supplierFacts(
      tx,
      wishes.flatMap(({ supplier }, at) => supplier ?? lines[at]?.supplier ?? []),
    ),
  };
  const prices = await pricesFor(tx, context.legalEntity, facts, wishes);
  const results = new Map<number, Result<OrderedPart, Code>>();
  const parts: Part[] = [];
  for (const [place, wish] of wishes.entries()) {
    const part = decidePart(facts, wish, prices.get(place));
    if (part.ok) parts.push({ place, ...part.value });
    else results.set(place, part);
  }
  await orderParts(tx, context, parts, results);
  return wishes.flatMap((_, place) => results.get(place) ?? []);
}

/** The prices that hold for wishes that name none, by their place. */
async function pricesFor(
  tx: Handle,
  legalEntity: string,
  { companyCurrency, requisitions, items, suppliers }: Facts,
  wishes: readonly OrderingWish[],
): Promise<ReadonlyMap<number, Price>> {
  const asks = wishes.flatMap(({ requisition, line: number, ...wish }, place) => {
    const line = requisitions.get(requisition)?.lines.find((each) => each.number === number);
    const item = items.get(line?.item ?? '');
    if (wish.unitPrice !== undefined || line === undefined || item === undefined) return [];
    const party = wish.supplier ?? line.supplier ?? '';
    const [over, under] = factorOf(item, line.unit);
    const quantity = multiplyDecimals(wish.quantity ?? line.quantity, over); // Of base units,
    const ask = { item: item.id, side: 'purchase', party, on: wish.issuedOn } as const;
    const currency = suppliers.get(party)?.currency ?? companyCurrency;
    const isWhole = compareDecimals(under, ONE) === 0; // else the lowest tier.
    return [{ place, ask: { ...ask, currency, quantity: isWhole ? quantity : ONE } }];
  });
  const found = await pricesOf(
    tx,
    legalEntity,
    asks.map(({ ask }) => ask),
  );
  return new Map(
    asks.flatMap(({ place }, at) => {
      const price = found[at];
      return price === undefined ? [] : [[place, price] as const];
    }),
  );
}

function decidePart(
  { companyCurrency, requisitions, items, suppliers }: Facts,
  wish: OrderingWish,
  price: Price | undefined,
): Result<Omit<Part, 'place'>, Code> {
  const requisition = requisitions.get(wish.requisition);
  const line = requisition?.lines.find(({ number }) => number === wish.line);
  if (line === undefined) {
    const message = `there is no requisition ${wish.requisition} with a line ${wish.line}`;
    return refuse('purchasing.no-such-requisition', message);
  }
  const supplier = suppliers.get(wish.supplier ?? line.supplier ?? '');
  if (supplier === undefined) {
    return refuse('purchasing.no-such-supplier', 'somebody has to be asked for it', 'supplier');
  }
  const currency = supplier.currency ?? companyCurrency;
  const item = items.get(line.item ?? '');
  const asked = priceIn(line, { wish, price, item, isCompany: currency === companyCurrency });
  if (asked === undefined) {
    return refuse('purchasing.no-price', `nobody knows what ${line.text} costs`, 'unitPrice');
  }
  return accept({
    supplier: supplier.id,
    issuedOn: wish.issuedOn,
    currency,
    line: {
      ...(line.item === null ? {} : { item: line.item }),
      text: line.text,
      quantity: wish.quantity ?? subtractDecimals(line.quantity, line.ordered),
      unit: line.unit,
      ...asked,
      ...(line.warehouse === null ? {} : { warehouse: line.warehouse }),
      ...(line.account === null ? {} : { account: line.account }),
      ...(line.costCentre === null ? {} : { costCentre: line.costCentre }),
      ...(line.project === null ? {} : { project: line.project }),
      requestedOn: line.neededOn,
      ...(wish.promisedOn === undefined ? {} : { promisedOn: wish.promisedOn }),
      requisition: { id: wish.requisition, line: line.number },
    },
  });
}

/** What a unit of the line costs, exact: a price for base units keeps its ratio in the base. */
function priceIn(
  line: RequisitionLine,
  of: {
    readonly wish: OrderingWish;
    readonly price: Price | undefined;
    readonly item: Item | undefined;
    readonly isCompany: boolean;
  },
): Pick<OrderLineDraft, 'unitPrice' | 'priceBase'> | undefined {
  if (of.wish.unitPrice !== undefined) return { unitPrice: of.wish.unitPrice };
  if (of.price !== undefined) {
    const [over, under] = factorOf(of.item, line.unit);
    return {
      unitPrice: multiplyDecimals(of.price.price, over),
      priceBase: multiplyDecimals(of.price.priceBase, under),
    };
  }
  return of.isCompany && line.estimatedPrice !== null
    ? { unitPrice: line.estimatedPrice }
    : undefined;
}

function factorOf(item: Item | undefined, unit: string): readonly [Decimal, Decimal] {
  const factor = item?.units.find((each) => each.unit === unit);
  return factor === undefined ? [ONE, ONE] : [factor.numerator, factor.denominator];
}

/** Writes orders; a line that its order is refused for is left out, and the rest tried again. */
async function orderParts(
  tx: Handle,
  context: ErpContext,
  parts: readonly Part[],
  results: Map<number, Result<OrderedPart, Code>>,
): Promise<void> {
  const groups = [
    ...Map.groupBy(parts, (part) => [part.supplier, part.issuedOn].join(' ')).values(),
  ];
  const drafts = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { supplier, issuedOn, currency } = first;
    return [{ supplier, issuedOn, currency, lines: group.map(({ line }) => line) }];
  });
  if (drafts.length === 0) return;
  const created = await createOrders(tx, context, drafts);
  const again: Part[] = [];
  for (const [index, order] of created.entries()) {
    const group = groups[index] ?? [];
    if (order.ok) {
      for (const [at, { place }] of group.entries()) {
        const { id, number } = order.value;
        results.set(place, accept({ order: id, number, line: (at + 1) * 10 }));
      }
      continue;
    }
    const guilty = /^lines\.(\d+)/.exec(order.problem.field ?? '')?.[1];
    const refused = guilty === undefined ? group : group.filter((_, at) => at === Number(guilty));
    for (const { place } of refused) results.set(place, order);
    again.push(...group.filter((part) => !refused.includes(part)));
  }
  await orderParts(tx, context, again, results);
}
