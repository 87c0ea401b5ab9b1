import { entryText } from '#erp/ledger';
import type { EntryDraft, LineDraft } from '#erp/ledger';
import { compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { costOf } from './write-deliveries.ts';
import type { BookedDelivery, BookedLine } from './write-deliveries.ts';

const isZero = (value: Decimal): boolean => compareDecimals(value, decimal('0')) === 0;

/** What a delivery books, in the company's currency: cost of goods sold out of stock. */
export function deliveryEntry(
  { id, number, draft, lines }: BookedDelivery,
  of: { readonly legalEntity: string; readonly companyCurrency: string },
): EntryDraft | undefined {
  const booked = lines.flatMap(linesOf);
  if (booked.length === 0) return undefined;
  return {
    legalEntity: of.legalEntity,
    kind: 'goods-movement',
    postedOn: draft.postedOn,
    documentOn: draft.shippedOn,
    currency: of.companyCurrency,
    text: entryText('delivery', { number }),
    source: { area: 'sales', kind: 'delivery', id, number },
    lines: booked,
  };
}

function linesOf(line: BookedLine): readonly LineDraft[] {
  const { item, line: ordered, stock, order } = line;
  if (item === undefined || stock.length === 0) return [];
  const group = item.itemGroup === undefined ? {} : { itemGroup: item.itemGroup };
  const about = {
    item: item.id,
    ...(ordered.project === null ? {} : { project: ordered.project }),
    ...(ordered.costCentre === null ? {} : { costCentre: ordered.costCentre }),
  };
  const gained = sumDecimals(stock.map(({ value }) => value));
  const variance = sumDecimals(stock.map(({ variance: each }) => each));
  const all: LineDraft[] = [
    { posting: { key: 'stock', ...group }, amount: gained, item: item.id },
    { posting: { key: 'purchase-price-variance', ...group }, amount: variance, ...about },
    {
      posting: { key: 'cogs', ...group },
      amount: costOf(line),
      quantity: line.baseQuantity,
      party: order.customer,
      ...about,
    },
  ];
  return all.filter(({ amount }) => !isZero(amount));
}
