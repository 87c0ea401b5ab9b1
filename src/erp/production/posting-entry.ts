import { entryText } from '#erp/ledger';
import type { EntryDraft, LineDraft, PostingKey } from '#erp/ledger';
import type { Item } from '#erp/items';
import { addDecimals, compareDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { BookedLine, BookedPosting } from './write-postings.ts';

const ZERO = decimal('0');

const AGAINST = {
  machine: 'production-absorbed',
  labour: 'production-absorbed',
  outside: 'outside-processing',
  'price-variance': 'production-variance',
  'usage-variance': 'production-variance',
  'time-variance': 'production-variance',
  'scrap-variance': 'production-variance',
  'other-variance': 'production-variance',
} as const satisfies Readonly<Record<string, PostingKey>>;

/**
 * What a posting books, in the company's currency: work in progress against stock, the hours that
 * work centres gave, what the supplier's service cost, or variance. Undefined: it is worth nothing.
 */
export function postingEntry(
  { id, number, posting, lines }: BookedPosting,
  of: {
    readonly legalEntity: string;
    readonly currency: string;
    readonly items: ReadonlyMap<string, Item>;
  },
): EntryDraft | undefined {
  const { order, postedOn } = posting;
  const project = order.project === null ? {} : { project: order.project };
  const wip: LineDraft = {
    posting: { key: 'wip' },
    amount: sumDecimals(lines.map(({ amount }) => amount)),
    item: order.item,
    ...project,
  };
  const against = lines.flatMap((line) => linesOf(line, of.items));
  const booked = [wip, ...against].filter(({ amount }) => compareDecimals(amount, ZERO) !== 0);
  if (booked.length === 0) return undefined;
  return {
    legalEntity: of.legalEntity,
    kind: 'production',
    postedOn,
    documentOn: postedOn,
    currency: of.currency,
    text: entryText(posting.kind, { number, order: order.number }),
    source: { area: 'production', kind: 'production-posting', id, number },
    lines: booked,
  };
}

/** The other side of what a line adds to work in progress. */
function linesOf(line: BookedLine, items: ReadonlyMap<string, Item>): readonly LineDraft[] {
  if (line.moved === undefined) {
    const { costCentre } = line;
    return [
      {
        posting: { key: AGAINST[line.kind] },
        amount: negateDecimal(line.amount),
        ...(costCentre === null ? {} : { costCentre }),
      },
    ];
  }
  const { item, moved, quantity } = line;
  const itemGroup = items.get(item)?.itemGroup;
  const group = itemGroup === undefined ? {} : { itemGroup };
  const gained = line.kind === 'material' ? negateDecimal(quantity) : quantity;
  return [
    { posting: { key: 'stock', ...group }, amount: moved.value, item, quantity: gained },
    { posting: { key: 'production-variance', ...group }, amount: moved.variance, item },
  ];
}

/** What a movement of stock adds to work in progress. */
export const wipOf = (moved: { readonly value: Decimal; readonly variance: Decimal }): Decimal =>
  negateDecimal(addDecimals(moved.value, moved.variance));
