import type { Handle } from '#database';
import { accept, bookTogether, companyCurrencyOf, refuse, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { moveStock } from '#erp/inventory';
import type { Moved, MovementDraft } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import { postEntries } from '#erp/ledger';
import { newId } from '#kernel';
import { compareDecimals, decimal, multiplyDecimals, subtractDecimals } from '#kernel/decimal';
import { divideDecimals, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import { decideReceipt } from './decide-receipt.ts';
import type { DecidedReceipt, DecidedReceiptLine, ReceiptDraft } from './decide-receipt.ts';
import type { PurchasingProblemCode } from './errors.ts';
import { lockOrders } from './read-orders.ts';
import { receiptEntry } from './receipt-entry.ts';
import { writeReceipts } from './write-receipts.ts';
import type { BookedReceipt } from './write-receipts.ts';

type Code = PurchasingProblemCode;

/** A receipt as it was booked. */
export type PostedReceipt = {
  readonly id: string;
  readonly number: string;
  readonly entry: string | undefined;
};

const ZERO = decimal('0');

/**
 * Books deliveries from suppliers and returns to them: stock or expense, goods received but not
 * invoiced, the order's progress; all in the caller's transaction.
 */
export const postReceipts = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly ReceiptDraft[],
): Promise<readonly Result<PostedReceipt, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookReceipts(tx, context, asked));

async function bookReceipts(
  tx: Handle,
  context: ErpContext,
  drafts: readonly ReceiptDraft[],
): Promise<Booked<PostedReceipt, Code>> {
  const orders = await lockOrders(
    tx,
    drafts.flatMap(({ lines }) => lines.map(({ order }) => order)),
  );
  const { legalEntity } = context;
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const items = await itemFacts(
    tx,
    [...orders.values()].flatMap(({ lines }) => lines.flatMap(({ item }) => item ?? [])),
  );
  const facts = { legalEntity, companyCurrency, orders, items };
  const taken = new Map<string, Decimal>();
  const decided = drafts.map((draft) => decideReceipt(facts, draft, taken));
  const nowMs = millisecondsOf(context.clock());
  const good = decided.flatMap((each, place) =>
    each.ok ? [{ place, id: newId('gr', nowMs), receipt: each.value }] : [],
  );
  const late = new Map<number, Refusal<Code>>();
  const moved = await moveAll(tx, context, good, late);
  const numbers = await takeNumbersOn(
    tx,
    legalEntity,
    'GR',
    good.map(({ receipt }) => receipt.draft.postedOn),
  );
  const receipts = good.map(({ place, id, receipt }, at): BookedReceipt & { place: number } => ({
    place,
    id,
    number: numbers[at] ?? '',
    kind: receipt.kind,
    supplier: receipt.supplier,
    draft: receipt.draft,
    lines: receipt.lines.map((line, index) => ({ ...line, stock: moved(place, index) })),
  }));
  const entryOf = await postReceiptEntries(tx, context, { receipts, companyCurrency, late });
  if (late.size === 0) await writeReceipts(tx, context, receipts, entryOf);
  const numbered = new Map(receipts.map((each) => [each.place, each]));
  const results = decided.map((each, place): Result<PostedReceipt, Code> => {
    if (!each.ok) return each;
    const { id = '', number = '' } = numbered.get(place) ?? {};
    return accept({ id, number, entry: entryOf.get(id) });
  });
  return { results, late };
}

/** Posts what receipts are worth; those that the ledger refuses are noted in `late`. */
export async function postReceiptEntries(
  tx: Handle,
  context: ErpContext,
  {
    receipts,
    companyCurrency,
    late,
  }: {
    readonly receipts: readonly (BookedReceipt & { readonly place: number })[];
    readonly companyCurrency: string;
    readonly late: Map<number, Refusal<Code>>;
  },
): Promise<ReadonlyMap<string, string>> {
  const { legalEntity } = context;
  const worth = receipts.flatMap((receipt) => {
    const entry = receiptEntry(receipt, { legalEntity, companyCurrency });
    return entry === undefined ? [] : [{ receipt, entry }];
  });
  const posted = await postEntries(
    tx,
    context,
    worth.map(({ entry }) => entry),
  );
  const entryOf = new Map<string, string>();
  for (const [at, { receipt }] of worth.entries()) {
    const entry = posted[at];
    if (entry?.ok === true) entryOf.set(receipt.id, entry.value.id);
    else if (entry !== undefined && !late.has(receipt.place)) {
      const message = `${entry.problem.message} (${entry.problem.code})`;
      late.set(receipt.place, refuse('purchasing.journal-refused', message));
    }
  }
  return entryOf;
}

type Good = { readonly place: number; readonly id: string; readonly receipt: DecidedReceipt };
type StockOf = (place: number, line: number) => readonly Moved[];

/** Moves the stock of all receipts; those whose stock is refused are noted in `late`. */
async function moveAll(
  tx: Handle,
  context: ErpContext,
  good: readonly Good[],
  late: Map<number, Refusal<Code>>,
): Promise<StockOf> {
  const wanted = good.flatMap(({ place, id, receipt }) =>
    receipt.lines.flatMap((line, index) =>
      movementsOf(line, { id, index, receipt }).map((draft) => ({ place, index, draft })),
    ),
  );
  const results = await moveStock(
    tx,
    context,
    wanted.map(({ draft }) => draft),
  );
  const moved = new Map<string, Moved[]>();
  for (const [at, { place, index, draft }] of wanted.entries()) {
    const result = results[at];
    if (result === undefined) continue;
    if (result.ok) {
      const key = `${place} ${index}`;
      moved.set(key, [...(moved.get(key) ?? []), result.value]);
    } else if (result.problem.code !== 'inventory.group-refused') {
      const message = `${result.problem.message} (${result.problem.code})`;
      const field = fieldOf(draft, result.problem.field);
      late.set(place, refuse('purchasing.stock-refused', message, `lines.${index}${field}`));
    }
  }
  return (place, index) => moved.get(`${place} ${index}`) ?? [];
}

/** What of a line stock refuses: of what was rejected, its own serial numbers. */
function fieldOf({ status }: MovementDraft, refused: string | undefined): string {
  if (refused === undefined) return '';
  return refused === 'serials' && status === 'blocked' ? '.rejectedSerials' : `.${refused}`;
}

/** What is good goes in free, what was rejected blocked; a return takes from what is free. */
function movementsOf(
  line: DecidedReceiptLine,
  of: { readonly id: string; readonly index: number; readonly receipt: DecidedReceipt },
): readonly MovementDraft[] {
  if (!line.isStock) return [];
  const { receipt, id, index } = of;
  const { draft, baseQuantity, baseRejected, value } = line;
  const common = {
    kind: receipt.kind,
    item: line.line.item ?? '',
    warehouse: line.line.warehouse ?? '',
    location: draft.location,
    batch: draft.batch,
    expiresOn: draft.expiresOn,
    serials: draft.serials,
    reason: draft.reason,
    postedOn: receipt.draft.postedOn,
    source: { area: 'purchasing', kind: 'goods-receipt', id, line: String(index + 1) },
    group: id,
  };
  if (receipt.kind === 'return' || compareDecimals(baseRejected, ZERO) === 0) {
    const worth = receipt.kind === 'return' ? negateDecimal(value) : value;
    return [{ ...common, quantity: baseQuantity, value: worth }];
  }
  const blocked = shareOf(value, baseRejected, baseQuantity);
  const free = subtractDecimals(baseQuantity, baseRejected);
  const rejected: MovementDraft = {
    ...common,
    quantity: baseRejected,
    value: blocked,
    status: 'blocked',
    serials: draft.rejectedSerials,
  };
  return compareDecimals(free, ZERO) === 0
    ? [{ ...rejected, value }]
    : [{ ...common, quantity: free, value: subtractDecimals(value, blocked) }, rejected];
}

function shareOf(value: Decimal, part: Decimal, whole: Decimal): Decimal {
  const point = value.indexOf('.');
  const scale = point === -1 ? 0 : value.length - point - 1;
  return divideDecimals(multiplyDecimals(value, part), whole, scale) ?? ZERO;
}
