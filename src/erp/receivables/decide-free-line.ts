import { accept, refuse } from '#erp/company';
import type { Result } from '#erp/company';
import type { ProjectProblem } from '#erp/company/projects';
import type { Item } from '#erp/items';
import { netOf } from '#erp/sales';
import { compareDecimals, decimal } from '#kernel/decimal';
import type { FreeLineDraft } from './customer-invoice.ts';
import type { DecidedLine } from './decided-document.ts';
import type { ReceivablesProblemCode } from './errors.ts';

const ZERO = decimal('0');
const ONE = decimal('1');
const HUNDRED = decimal('100');

/** What deciding a line without an order asks. */
export type FreeLineFacts = {
  readonly items: ReadonlyMap<string, Item>;
  readonly projectProblem: ProjectProblem;
};

/** Whether something may be charged, or given back, without an order; its net is exact. */
export function decideFreeLine(
  facts: FreeLineFacts,
  draft: FreeLineDraft,
  field: string,
): Result<DecidedLine, ReceivablesProblemCode> {
  const { unitPrice, quantity = ONE, priceBase = ONE, discountPercent = ZERO } = draft;
  const isBad =
    compareDecimals(quantity, ZERO) <= 0 ||
    compareDecimals(unitPrice, ZERO) < 0 ||
    compareDecimals(priceBase, ZERO) <= 0 ||
    compareDecimals(discountPercent, ZERO) < 0 ||
    compareDecimals(discountPercent, HUNDRED) > 0;
  if (isBad) {
    const message = 'a quantity is above zero, a price not below, a discount 0 to 100 %';
    return refuse('receivables.bad-line', message, field);
  }
  const item = draft.item === undefined ? undefined : facts.items.get(draft.item);
  if (draft.item !== undefined && item === undefined) {
    return refuse('receivables.bad-line', `there is no item ${draft.item}`, field);
  }
  const wrong = facts.projectProblem(draft.project);
  if (wrong !== undefined) return refuse('receivables.bad-line', wrong, `${field}.project`);
  const text = draft.text ?? item?.name ?? '';
  if (text === '') {
    return refuse('receivables.bad-line', 'a line names an item or says what it is', field);
  }
  return accept({
    order: undefined,
    delivery: undefined,
    corrects: undefined,
    item: item?.id,
    text,
    quantity,
    unit: draft.unit ?? item?.baseUnit ?? 'C62',
    unitPrice,
    priceBase,
    discountPercent,
    net: netOf({ quantity, unitPrice, priceBase, discountPercent }),
    tax: ZERO,
    taxCode: draft.taxCode,
    account: draft.account,
    posting: draft.posting ?? revenueOf(item),
    costCentre: draft.costCentre,
    project: draft.project,
  });
}

/** Where what an item sells for goes. */
export const revenueOf = (item: Item | undefined): DecidedLine['posting'] =>
  item?.itemGroup === undefined
    ? { key: 'revenue' }
    : { key: 'revenue', itemGroup: item.itemGroup };
