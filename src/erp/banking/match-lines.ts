import { insertRows } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, linkDocuments, refusedLate } from '#erp/company';
import type { Booked, DocumentRef, ErpContext, Refusal, Result } from '#erp/company';
import { postEntries } from '#erp/ledger';
import { bookPayments } from '#erp/open-items/settling';
import type { Side } from '#erp/open-items';
import type { BookedPayment, PaymentBook } from '#erp/open-items/settling';
import { newId } from '#kernel';
import { compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import { decideMatch } from './decide-match.ts';
import type { DecidedMatch, DecidedPart } from './decide-match.ts';
import type { BankingProblemCode } from './errors.ts';
import { isRefund } from './match.ts';
import type { MatchDraft } from './match.ts';
import { readMatchFacts } from './match-facts.ts';
import { accountEntry, differenceEntry } from './match-entry.ts';
import { TRANSFER_KIND } from './transfer-entries.ts';

type Code = BankingProblemCode;
type One = { readonly place: number; readonly id: string; readonly match: DecidedMatch };
type Written = {
  readonly one: One;
  readonly at: number; // Of the part.
  readonly companyAmount: Decimal;
  readonly entry: string;
  readonly document?: BookedPayment;
};

const BOOK = {
  area: 'banking',
  series: 'BP',
  prefix: 'bp',
  document: 'bank-payment',
  codes: {
    noRate: 'banking.no-rate',
    totalsDiffer: 'banking.totals-differ',
    journalRefused: 'banking.journal-refused',
    settled: 'banking.settled',
  },
  problemOf: () => undefined,
} as const satisfies Omit<PaymentBook<Code>, 'side'>;

/**
 * Explains lines: what is open is paid, what was posted before is ticked off, the rest goes to
 * accounts. With it the line has left the clearing account.
 */
export const matchLines = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly MatchDraft[],
): Promise<readonly Result<{ readonly id: string }, Code>[]> =>
  bookTogether(tx, drafts, (asked) => matchAll(tx, context, asked));

async function matchAll(
  tx: Handle,
  context: ErpContext,
  drafts: readonly MatchDraft[],
): Promise<Booked<{ readonly id: string }, Code>> {
  const facts = await readMatchFacts(tx, context, drafts);
  const seen = new Set<string>();
  const decided = drafts.map((draft) => decideMatch(facts, draft, seen));
  const nowMs = millisecondsOf(context.clock());
  const good = decided.flatMap((each, place): readonly One[] =>
    each.ok ? [{ place, id: newId('mt', nowMs), match: each.value }] : [],
  );
  const late = new Map<number, Refusal<Code>>();
  const paid: Written[] = [];
  for (const side of ['receivable', 'payable'] as const) {
    paid.push(...(await payItems(tx, context, { good, side, late })));
  }
  const posted = await postAccounts(tx, context, good, late);
  const ticked = good.flatMap((one) =>
    one.match.parts.flatMap((part, at) => tickOf(one, part, at)),
  );
  if (late.size > 0) return { results: [], late };
  const written = [...paid, ...posted, ...ticked];
  const differences = await postDifferences(tx, context, { good, written, late });
  if (late.size > 0) return { results: [], late };
  await write(tx, context, { good, written, differences });
  const next = good.values();
  const results = decided.map((each) =>
    each.ok ? accept({ id: next.next().value?.id ?? '' }) : each,
  );
  return { results, late };
}

const tickOf = (one: One, part: DecidedPart, at: number): readonly Written[] =>
  part.kind === 'booked'
    ? [{ one, at, companyAmount: part.booked.companyAmount, entry: part.entry }]
    : [];

type Place = { readonly one: One; readonly at: number };

/** Pays what is open on one side. */
async function payItems(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly good: readonly One[];
    readonly side: Side;
    readonly late: Map<number, Refusal<Code>>;
  },
): Promise<readonly Written[]> {
  const wanted = of.good.flatMap((one) =>
    one.match.parts.flatMap((part, at) => {
      if (part.kind !== 'items' || part.side !== of.side) return [];
      const { account, on } = one.match;
      const isOut = compareDecimals(part.amount, decimal('0')) < 0;
      return [
        {
          one,
          at,
          isOut,
          wish: {
            party: part.party,
            paidOn: on,
            bankAccount: account.code,
            currency: account.currency,
            amount: isOut ? negateDecimal(part.amount) : part.amount,
            isRefund: isRefund(part.side, part.amount),
            parts: part.items,
          },
        },
      ];
    }),
  );
  if (wanted.length === 0) return [];
  const { results, late } = await bookPayments(
    tx,
    context,
    { ...BOOK, side: of.side },
    wanted.map(({ wish }) => wish),
  );
  for (const [at, refusal] of late) of.late.set(wanted[at]?.one.place ?? -1, refusal);
  for (const [at, result] of results.entries()) {
    if (!result.ok) of.late.set(wanted[at]?.one.place ?? -1, result);
  }
  if (of.late.size > 0) return [];
  return wanted.flatMap(({ one, at, isOut }, index) => {
    const result = results[index];
    if (result?.ok !== true) return [];
    const document = result.value;
    const { companyAmount } = document;
    const signed = isOut ? negateDecimal(companyAmount) : companyAmount;
    return [{ one, at, companyAmount: signed, entry: document.entry, document }];
  });
}

/** Posts what goes to accounts: one entry a part. */
async function postAccounts(
  tx: Handle,
  context: ErpContext,
  good: readonly One[],
  late: Map<number, Refusal<Code>>,
): Promise<readonly Written[]> {
  const wanted = good.flatMap((one) =>
    one.match.parts.flatMap((part, at) =>
      part.kind === 'account'
        ? [{ one, at, part, entry: accountEntry(one.id, one.match, part, context.legalEntity) }]
        : [],
    ),
  );
  const posted = await postEntries(
    tx,
    context,
    wanted.map(({ entry }) => entry),
  );
  noteLate(late, posted, wanted);
  return wanted.flatMap(({ one, at, part }, index) => {
    const entry = posted[index];
    return entry?.ok === true
      ? [{ one, at, companyAmount: part.companyAmount, entry: entry.value.id }]
      : [];
  });
}

/** What exchange rates made between a line and what explains it, so that nothing stays in between. */
async function postDifferences(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly good: readonly One[];
    readonly written: readonly Written[];
    readonly late: Map<number, Refusal<Code>>;
  },
): Promise<ReadonlyMap<string, string>> {
  const byMatch = Map.groupBy(of.written, ({ one }) => one);
  const wanted = of.good.flatMap((one) => {
    const amounts = (byMatch.get(one) ?? []).map(({ companyAmount }) => companyAmount);
    const entry = differenceEntry(one.id, one.match, amounts, context.legalEntity);
    return entry === undefined ? [] : [{ one, at: 0, entry }];
  });
  const posted = await postEntries(
    tx,
    context,
    wanted.map(({ entry }) => entry),
  );
  noteLate(of.late, posted, wanted);
  return new Map(
    wanted.flatMap(({ one }, at) => {
      const entry = posted[at];
      return entry?.ok === true ? [[one.id, entry.value.id] as const] : [];
    }),
  );
}

function noteLate(
  late: Map<number, Refusal<Code>>,
  posted: readonly Result<unknown>[],
  wanted: readonly Place[],
): void {
  const places = wanted.map(({ one }) => one.place);
  for (const [place, refusal] of refusedLate(posted, places, 'banking.journal-refused' as const)) {
    late.set(place, refusal);
  }
}

async function write(
  tx: Handle,
  { by, clock }: ErpContext,
  of: {
    readonly good: readonly One[];
    readonly written: readonly Written[];
    readonly differences: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const now = clock();
  await insertRows(
    tx,
    'erp_banking.match',
    {
      id: 'text',
      line_id: 'text',
      matched_on: 'date',
      difference_entry: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    of.good.map(({ id, match }) => ({
      id,
      line_id: match.line.id,
      matched_on: match.on,
      difference_entry: of.differences.get(id),
      created_by: by,
      created_at: now,
    })),
  );
  await writeParts(tx, of.written);
}

async function writeParts(tx: Handle, written: readonly Written[]): Promise<void> {
  await insertRows(
    tx,
    'erp_banking.match_part',
    {
      match_id: 'text',
      number: 'integer',
      kind: 'text',
      amount: 'numeric',
      company_amount: 'numeric',
      entry_id: 'text',
      entry_line: 'integer',
      document_id: 'text',
      document_number: 'text',
    },
    written.flatMap(({ one, at, companyAmount, entry, document }) => {
      const part = one.match.parts[at];
      if (part === undefined) return [];
      return [
        {
          match_id: one.id,
          number: at + 1,
          kind: part.kind,
          amount: part.kind === 'booked' ? part.booked.amount : part.amount,
          company_amount: companyAmount,
          entry_id: entry,
          entry_line: part.kind === 'booked' ? part.line : null,
          document_id: document?.id,
          document_number: document?.number,
        },
      ];
    }),
  );
  await linkDocuments(
    tx,
    written.flatMap((each) => {
      const from = toldOf(each);
      const { statement: id, statementReference: number } = each.one.match.line;
      return from === undefined ? [] : [{ from, to: { kind: 'bank-statement', id, number } }];
    }),
  );
}

/** The document of ours that a statement tells of by this part, where it is kept here. */
function toldOf({ one, at, document }: Written): DocumentRef | undefined {
  if (document !== undefined) {
    return { kind: 'bank-payment', id: document.id, number: document.number };
  }
  const part = one.match.parts[at];
  return part?.kind === 'booked' && part.booked.sourceKind === TRANSFER_KIND
    ? { kind: TRANSFER_KIND, id: part.booked.sourceId, number: part.booked.sourceNumber }
    : undefined;
}
