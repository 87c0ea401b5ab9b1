import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { afterIssue } from './order-progress.ts';
import type { DecidedPosting, StockLine } from './posting.ts';
import { sourceOf, workedOn } from './production-facts.ts';
import type { ProductionFacts } from './production-facts.ts';
import { keepBasket, newBasket, takeMaterial } from './take-stock.ts';
import type { Basket } from './take-stock.ts';
import type { Component, WorkOrder } from './work-order.ts';

type Code = ProductionProblemCode;

/** Material of a component, in its item's base unit. Without place and batch: what expires first. */
export type MaterialDraft = {
  readonly component: number;
  readonly quantity: Decimal; // Below zero it goes back into stock.
  readonly location?: string;
  readonly batch?: string;
  readonly serials?: readonly string[]; // Of an item that has them; they say where it is taken.
};

/** Materials that are issued to an order by hand, or go back. */
export type IssueDraft = {
  readonly order: string;
  readonly postedOn: LocalDate;
  readonly reason?: string;
  readonly lines: readonly MaterialDraft[];
};

const ZERO = decimal('0');

/** Decides an issue by hand; a later one of the same call sees it. */
export function decideIssue(
  facts: ProductionFacts,
  draft: IssueDraft,
): Result<DecidedPosting, Code> {
  const order = workedOn(facts, draft.order);
  if (!order.ok) return order;
  if (draft.lines.length === 0) {
    return refuse('production.empty-posting', 'an issue has a line', 'lines');
  }
  const basket = newBasket(facts);
  const stock = decideMaterials(facts, basket, order.value, askedIn(draft.lines, 'lines'));
  if (!stock.ok) return stock;
  keepBasket(basket);
  const { lines, after } = stock.value;
  facts.orders.set(after.id, after);
  return accept({
    kind: 'issue',
    order: order.value,
    postedOn: draft.postedOn,
    reason: draft.reason ?? null,
    stock: lines,
    costs: [],
  });
}

/** A material with the field that asks for it. */
export type AskedMaterial = MaterialDraft & { readonly field: string };

/** Materials as a draft lists them in a field. */
export const askedIn = (
  materials: readonly MaterialDraft[],
  field: 'lines' | 'materials',
): readonly AskedMaterial[] =>
  materials.map((material, at) => ({ ...material, field: `${field}.${at}` }));

/** The stock lines of materials that go to an order or come back from it, and the order after. */
export function decideMaterials(
  facts: ProductionFacts,
  basket: Basket,
  order: WorkOrder,
  wanted: readonly AskedMaterial[],
): Result<{ readonly lines: readonly StockLine[]; readonly after: WorkOrder }, Code> {
  const lines: StockLine[] = [];
  let after = order;
  for (const draft of wanted) {
    const component = after.components.find(({ number }) => number === draft.component);
    if (component === undefined) {
      const message = `${order.number} has no component ${draft.component}`;
      return refuse('production.no-such-component', message, draft.field);
    }
    const way = compareDecimals(draft.quantity, ZERO);
    if (way === 0) {
      return refuse('production.bad-quantity', 'nothing is issued', draft.field);
    }
    const taken =
      way > 0
        ? takeMaterial(facts, basket, order, { ...draft, component })
        : giveBack(facts, order, component, draft);
    if (!taken.ok) return taken;
    lines.push(...taken.value);
    after = afterIssue(after, component.number, draft.quantity);
  }
  return accept({ lines, after });
}

/** Material that comes back is worth what was issued cost on average. */
function giveBack(
  { scale }: ProductionFacts,
  order: WorkOrder,
  component: Component,
  draft: AskedMaterial,
): Result<readonly StockLine[], Code> {
  const quantity = negateDecimal(draft.quantity);
  if (compareDecimals(quantity, component.issued) > 0) {
    const message = `${component.issued} of component ${component.number} are issued`;
    return refuse('production.returns-too-much', message, draft.field);
  }
  const { issued, issuedValue, item, operation } = component;
  const worth = divideDecimals(multiplyDecimals(issuedValue, quantity), issued, scale) ?? ZERO;
  const warehouse = sourceOf(order, operation);
  const place = { warehouse, location: draft.location ?? '', batch: draft.batch ?? '' };
  const value = compareDecimals(worth, ZERO) < 0 ? ZERO : roundDecimal(worth, scale);
  return accept([
    {
      kind: 'material',
      operation,
      component: component.number,
      item,
      quantity: draft.quantity,
      ...place,
      field: draft.field,
      stock: { kind: 'return', item, ...place, quantity, value, serials: draft.serials },
    },
  ]);
}
