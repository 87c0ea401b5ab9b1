import type { Handle } from '#database';
import { accept, companyCurrencyOf, refuse, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { moveStock, reverseMovements } from '#erp/inventory';
import type { Moved } from '#erp/inventory';
import { itemFacts } from '#erp/items';
import { postEntries } from '#erp/ledger';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { ProductionProblemCode } from './errors.ts';
import { postingEntry, wipOf } from './posting-entry.ts';
import type { DecidedPosting, Posted, StockLine } from './posting.ts';
import { writePostings } from './write-postings.ts';
import type { BookedLine, BookedPosting } from './write-postings.ts';

type Code = ProductionProblemCode;

/** Refused after something had been written, by the draft's place. */
export type Late = Map<number, Refusal<Code>>;

/** A decided posting with its id and number. */
export type Numbered = {
  readonly place: number; // Of its draft.
  readonly id: string;
  readonly number: string;
  readonly posting: DecidedPosting;
};

/** Books what was decided: stock, the journal, the order; refusals stay where they are. */
export async function bookPostings(
  tx: Handle,
  context: ErpContext,
  decided: readonly Result<DecidedPosting, Code>[],
): Promise<Booked<Posted, Code>> {
  const late: Late = new Map();
  const numbered = await numberPostings(tx, context, decided);
  const posted = await bookNumbered(tx, context, numbered, late);
  return { results: answersOf(decided, posted), late };
}

/** Numbers what was decided: before anything is booked, so that all lock in one order. */
export async function numberPostings(
  tx: Handle,
  { clock, legalEntity }: ErpContext,
  decided: readonly Result<DecidedPosting, Code>[],
): Promise<readonly Numbered[]> {
  const nowMs = millisecondsOf(clock());
  const good = decided.flatMap((each, place) =>
    each.ok ? [{ place, id: newId('pp', nowMs), posting: each.value }] : [],
  );
  const days = good.map(({ posting }) => posting.postedOn);
  const numbers = await takeNumbersOn(tx, legalEntity, 'PP', days);
  return good.map((each, at) => ({ ...each, number: numbers[at] ?? '' }));
}

/** Books what was numbered. What stock or the ledger refuse is noted in `late`: nothing is written. */
export async function bookNumbered(
  tx: Handle,
  context: ErpContext,
  numbered: readonly Numbered[],
  late: Late,
): Promise<ReadonlyMap<number, Posted>> {
  const stock = await moveAll(tx, context, numbered, late);
  const booked = numbered.map(
    (each): BookedPosting => ({
      ...each,
      lines: [
        ...each.posting.stock.flatMap((line, at): BookedLine[] => {
          const moved = stock.get(`${each.id} ${at}`);
          return moved === undefined ? [] : [{ ...line, moved, amount: wipOf(moved) }];
        }),
        ...each.posting.costs,
      ],
    }),
  );
  const entryOf = await postAll(tx, context, booked, late);
  if (late.size === 0) await writePostings(tx, context, booked, entryOf);
  return new Map(
    booked.map(({ place, id, number }) => [place, { id, number, entry: entryOf.get(id) }]),
  );
}

/** What became of each draft, in their order. */
export const answersOf = (
  decided: readonly Result<DecidedPosting, Code>[],
  posted: ReadonlyMap<number, Posted>,
): readonly Result<Posted, Code>[] =>
  decided.map((each, place) => {
    if (!each.ok) return each;
    return accept(posted.get(place) ?? { id: '', number: '', entry: undefined });
  });

/** A refusal of another area, in this one's words. */
export function refusedBy<Own extends Code>(
  code: Own,
  { problem }: Refusal,
  field?: string,
): Refusal<Own> {
  return refuse(code, `${problem.message} (${problem.code})`, field);
}

type Wanted = { readonly one: Numbered; readonly at: number; readonly line: StockLine };

/** Moves the stock of all postings, those of one posting all or none. */
async function moveAll(
  tx: Handle,
  context: ErpContext,
  numbered: readonly Numbered[],
  late: Late,
): Promise<ReadonlyMap<string, Moved>> {
  const wanted = numbered.flatMap((one) =>
    one.posting.stock.map((line, at): Wanted => ({ one, at, line })),
  );
  const forward = wanted.flatMap((each) => {
    const { stock } = each.line;
    return 'movement' in stock ? [] : [{ ...each, stock }];
  });
  const back = wanted.flatMap((each) => {
    const { stock } = each.line;
    return 'movement' in stock ? [{ ...each, stock }] : [];
  });
  const moved = await moveStock(
    tx,
    context,
    forward.map(({ one, at, stock }) => ({
      ...stock,
      postedOn: one.posting.postedOn,
      source: {
        area: 'production',
        kind: 'production-posting',
        id: one.id,
        line: String(at + 1),
      },
      group: one.id,
    })),
  );
  const taken = await reverseMovements(
    tx,
    context,
    back.map(({ one, stock }) => ({
      movement: stock.movement,
      postedOn: one.posting.postedOn,
      reason: one.posting.reason ?? undefined,
      group: one.id,
    })),
  );
  const found = new Map<string, Moved>();
  const results = [...moved, ...taken];
  for (const [index, { one, at, line }] of [...forward, ...back].entries()) {
    const result = results[index];
    if (result?.ok === true) found.set(`${one.id} ${at}`, result.value);
    else if (result !== undefined && result.problem.code !== 'inventory.group-refused') {
      late.set(one.place, refusedBy('production.stock-refused', result, fieldOf(line, result)));
    }
  }
  return found;
}

/** Which field of its draft a refused line comes from: that of the line, and what stock says of it. */
function fieldOf({ field }: StockLine, { problem }: Refusal): string | undefined {
  const parts = [field ?? '', problem.field ?? ''].filter((part) => part !== '');
  return field === undefined || parts.length === 0 ? undefined : parts.join('.');
}

/** Posts what postings are worth; those that the ledger refuses are noted in `late`. */
async function postAll(
  tx: Handle,
  context: ErpContext,
  booked: readonly BookedPosting[],
  late: Late,
): Promise<ReadonlyMap<string, string>> {
  const { legalEntity } = context;
  const currency = await companyCurrencyOf(tx, legalEntity);
  const items = await itemFacts(
    tx,
    booked.flatMap(({ posting }) => posting.stock.map(({ item }) => item)),
  );
  const worth = booked.flatMap((each) => {
    const entry = postingEntry(each, { legalEntity, currency, items });
    return entry === undefined ? [] : [{ each, entry }];
  });
  const results = await postEntries(
    tx,
    context,
    worth.map(({ entry }) => entry),
  );
  const entryOf = new Map<string, string>();
  for (const [at, { each }] of worth.entries()) {
    const result = results[at];
    if (result?.ok === true) entryOf.set(each.id, result.value.id);
    else if (result !== undefined && !late.has(each.place)) {
      late.set(each.place, refusedBy('production.journal-refused', result));
    }
  }
  return entryOf;
}
