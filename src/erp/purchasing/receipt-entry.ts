import { entryText } from '#erp/ledger';
import type { EntryDraft, LineDraft } from '#erp/ledger';
import { addDecimals, compareDecimals, decimal, negateDecimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { BookedLine, BookedReceipt } from './write-receipts.ts';

const ZERO = decimal('0');
const isZero = (value: Decimal): boolean => compareDecimals(value, ZERO) === 0;

/**
 * What a receipt books, in the company's currency: stock or expense against goods received and not
 * invoiced. Undefined: it is worth nothing.
 */
export function receiptEntry(
  { id, number, draft, lines }: Pick<BookedReceipt, 'id' | 'number' | 'draft' | 'lines'>,
  of: { readonly legalEntity: string; readonly companyCurrency: string },
): EntryDraft | undefined {
  const booked = lines.flatMap(linesOf);
  if (booked.length === 0) return undefined;
  return {
    legalEntity: of.legalEntity,
    kind: 'goods-movement',
    postedOn: draft.postedOn,
    documentOn: draft.receivedOn,
    currency: of.companyCurrency,
    text: entryText('goods-receipt', { number }),
    source: { area: 'purchasing', kind: 'goods-receipt', id, number },
    lines: booked,
  };
}

/** What a line adds to stock, what of its price did not, and what is then owed for it. */
function linesOf(line: BookedLine): readonly LineDraft[] {
  const { item, isStock, stock, line: ordered } = line;
  const group = item?.itemGroup === undefined ? {} : { itemGroup: item.itemGroup };
  const about = {
    ...(ordered.item === null ? {} : { item: ordered.item }),
    ...(ordered.project === null ? {} : { project: ordered.project }),
    ...(ordered.costCentre === null ? {} : { costCentre: ordered.costCentre }),
  };
  const gained = sumDecimals(stock.map(({ value }) => value));
  const variance = sumDecimals(stock.map(({ variance: each }) => each));
  const worth = isStock ? addDecimals(gained, variance) : line.value;
  const debits: LineDraft[] = isStock
    ? [
        {
          posting: { key: 'stock', ...group },
          amount: gained,
          quantity: line.baseQuantity,
          ...about,
        },
        { posting: { key: 'purchase-price-variance', ...group }, amount: variance, ...about },
      ]
    : [{ ...expenseOf(line), amount: line.value, ...about }];
  const owed: LineDraft = {
    posting: { key: 'grir' },
    amount: negateDecimal(worth),
    party: line.order.supplier,
    ...(ordered.item === null ? {} : { item: ordered.item }),
  };
  return [...debits, owed].filter(({ amount }) => !isZero(amount));
}

function expenseOf({
  line,
  order,
  item,
}: BookedLine): { readonly account: string } | { readonly posting: LineDraft['posting'] & object } {
  if (line.account !== null) return { account: line.account };
  const key = order.kind === 'subcontract' ? 'outside-processing' : 'expense';
  const group = item?.itemGroup === undefined ? {} : { itemGroup: item.itemGroup };
  return { posting: { key, ...group } };
}
