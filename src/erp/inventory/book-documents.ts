import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, momentsOf, refuse, takeNumbers } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { itemFacts } from '#erp/items';
import { postEntries } from '#erp/ledger';
import type { EntryDraft, LineDraft, PostingKey } from '#erp/ledger';
import { assert, newId } from '#kernel';
import { addDecimals, compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { InventoryProblemCode } from './errors.ts';
import type { Moved, StockDraft } from './movement.ts';
import { bookStock } from './move-stock.ts';
import { currencyOf } from './warehouses.ts';

export type DocumentKind =
  | 'opening'
  | 'adjustment'
  | 'scrap'
  | 'status-change'
  | 'transfer'
  | 'withdrawal'
  | 'correction'
  | 'reversal';

/** A stock draft that does not yet know its document. */
type Unsourced<D> = D extends StockDraft ? Omit<D, 'source' | 'group' | 'postedOn'> : never;

/** Something that inventory books by itself: stock, and the entry it makes, or neither. */
export type DocumentDraft = {
  readonly kind: DocumentKind;
  readonly postedOn: LocalDate;
  readonly text: string;
  readonly lines: readonly {
    readonly stock: Unsourced<StockDraft>;
    readonly item: string;
    readonly against: PostingKey; // Where the other side of the value goes.
    readonly costCentre?: string | undefined;
  }[];
  readonly count?: string; // The stock count it is of.
};

/** A document as booked. */
export type BookedDocument = {
  readonly id: string;
  readonly number: string;
  readonly entry: string | undefined; // The journal entry's number; none when no value changed.
  readonly moved: readonly Moved[]; // One for each line.
};

type Decided = Result<BookedDocument, InventoryProblemCode>;
type Standing = {
  readonly id: string;
  readonly draft: DocumentDraft;
  readonly moved: readonly Moved[];
};

const ZERO = decimal('0');

/** Books documents: each with its movements and its entry in one, or refused with nothing left. */
export function bookDocuments(
  tx: Handle,
  context: ErpContext,
  drafts: readonly DocumentDraft[],
): Promise<readonly Decided[]> {
  return bookTogether<DocumentDraft, BookedDocument, InventoryProblemCode>(
    tx,
    drafts,
    async (asked) => {
      const now = millisecondsOf(context.clock());
      const ids = asked.map(() => newId('stk', now));
      const moved = await moveAll(tx, context, { drafts: asked, ids });
      const standing = moved.flatMap((each): Standing[] => (each.ok ? [each.value] : []));
      const booked = await finish(tx, context, standing);
      const late = new Map<number, Refusal<InventoryProblemCode>>();
      const results = moved.map((each, at): Decided => {
        if (!each.ok) return each;
        const result = booked.get(each.value.id);
        assert(result !== undefined, 'what moved is booked or refused');
        if (!result.ok) late.set(at, result);
        return result;
      });
      return { results, late };
    },
  );
}

/** Moves the stock of all documents by one call; a document's lines are one group. */
async function moveAll(
  tx: Handle,
  context: ErpContext,
  asked: { readonly drafts: readonly DocumentDraft[]; readonly ids: readonly string[] },
): Promise<readonly Result<Standing, InventoryProblemCode>[]> {
  const stock = asked.drafts.flatMap(({ lines, postedOn, kind }, at) =>
    lines.map((line, number): StockDraft => {
      const id = asked.ids[at] ?? '';
      const source = { area: 'inventory', kind, id, line: String(number + 1) };
      return { ...line.stock, source, group: id, postedOn };
    }),
  );
  const [count] = new Set(asked.drafts.map((draft) => draft.count));
  const results = (await bookStock(tx, context, stock, count)).values();
  return asked.drafts.map((draft, at) => {
    const own = draft.lines.flatMap(() => results.next().value ?? []);
    if (own.length === 0) return refuse('inventory.invalid', 'a document has lines', 'lines');
    const refused = own.filter((each) => !each.ok);
    const first =
      refused.find(({ problem }) => problem.code !== 'inventory.group-refused') ?? refused[0];
    if (first !== undefined) return first;
    const moved = own.flatMap((each) => (each.ok ? [each.value] : []));
    return accept({ id: asked.ids[at] ?? '', draft, moved });
  });
}

/** Numbers the documents, posts their entries and writes them down. */
async function finish(
  tx: Handle,
  context: ErpContext,
  standing: readonly Standing[],
): Promise<ReadonlyMap<string, Decided>> {
  const numbers = await numbersFor(tx, context, standing);
  const groups = await itemFacts(
    tx,
    standing.flatMap(({ draft }) => draft.lines.map(({ item }) => item)),
  );
  const currency = await currencyOf(tx, context.legalEntity);
  const entries = standing.flatMap((one, at): { id: string; entry: EntryDraft }[] => {
    const lines = linesOf(one, (item) => groups.get(item)?.itemGroup);
    const entry = entryOf(one, { context, currency, number: numbers[at] ?? '', lines });
    return lines.length === 0 ? [] : [{ id: one.id, entry }];
  });
  const posted = await postEntries(
    tx,
    context,
    entries.map(({ entry }) => entry),
  );
  const postedOf = new Map(entries.map(({ id }, at) => [id, posted[at]]));
  const booked = standing.map((one, at): readonly [string, Decided] => {
    const entry = postedOf.get(one.id);
    if (entry?.ok === false) {
      return [one.id, refuse('inventory.not-booked', entry.problem.message, entry.problem.field)];
    }
    const { id, moved } = one;
    return [id, accept({ id, number: numbers[at] ?? '', entry: entry?.value.number, moved })];
  });
  await write(tx, context, { standing, booked: new Map(booked) });
  return new Map(booked);
}

/** The next number for each; documents of one fiscal year count on together. */
async function numbersFor(
  tx: Handle,
  context: ErpContext,
  standing: readonly Standing[],
): Promise<readonly string[]> {
  const byDay = Map.groupBy(standing.keys(), (at) => standing[at]?.draft.postedOn ?? '');
  const numbers: string[] = [];
  for (const places of byDay.values()) {
    const day = standing[places[0] ?? 0]?.draft.postedOn;
    assert(day !== undefined, 'a document has a day');
    const taken = await takeNumbers(tx, context.legalEntity, 'INV', day, places.length);
    places.forEach((at, n) => {
      numbers[at] = taken[n] ?? '';
    });
  }
  return numbers;
}

const entryOf = (
  { id, draft }: Standing,
  made: {
    readonly context: ErpContext;
    readonly currency: string;
    readonly number: string;
    readonly lines: readonly LineDraft[];
  },
): EntryDraft => ({
  legalEntity: made.context.legalEntity,
  kind: draft.kind === 'opening' ? 'opening' : 'goods-movement',
  postedOn: draft.postedOn,
  documentOn: draft.postedOn,
  currency: made.currency,
  text: draft.text,
  source: { area: 'inventory', kind: 'stock-document', id, number: made.number },
  lines: made.lines,
});

/** What stock gained, what it did not take of a cost, and where both come from. */
function linesOf(
  { draft, moved }: Standing,
  groupOf: (item: string) => string | undefined,
): readonly LineDraft[] {
  return draft.lines.flatMap(({ item, against, costCentre }, at) => {
    const { value, variance } = moved[at] ?? { value: ZERO, variance: ZERO };
    const itemGroup = groupOf(item);
    const narrowed = itemGroup === undefined ? {} : { itemGroup };
    const line = (key: PostingKey, amount: Decimal): LineDraft[] =>
      compareDecimals(amount, ZERO) === 0
        ? []
        : [
            {
              posting: { key, ...narrowed },
              amount,
              item,
              ...(costCentre === undefined || key === 'stock' ? {} : { costCentre }),
            },
          ];
    return [
      ...line('stock', value),
      ...line('purchase-price-variance', variance),
      ...line(against, negateDecimal(addDecimals(value, variance))),
    ];
  });
}

async function write(
  tx: Handle,
  context: ErpContext,
  made: {
    readonly standing: readonly Standing[];
    readonly booked: ReadonlyMap<string, Decided>;
  },
): Promise<void> {
  const written = made.standing.flatMap(({ id, draft }) => {
    const result = made.booked.get(id);
    return result?.ok === true ? [{ ...result.value, draft }] : [];
  });
  const momentOf = momentsOf(context);
  await insertRows(
    tx,
    'erp_inventory.document',
    {
      id: 'text',
      legal_entity: 'text',
      number: 'text',
      kind: 'text',
      posted_on: 'date',
      text: 'text',
      journal_entry: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    written.map(({ id, number, entry, draft }) => ({
      id,
      legal_entity: context.legalEntity,
      number,
      kind: draft.kind,
      posted_on: draft.postedOn,
      text: draft.text,
      journal_entry: entry,
      created_by: context.by,
      created_at: momentOf(draft.postedOn),
    })),
  );
}
