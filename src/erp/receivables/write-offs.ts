import { insertRows } from '#database';
import type { Handle } from '#database';
import {
  accept,
  bookTogether,
  companyCurrencyOf,
  linkDocuments,
  refuse,
  refusedLate,
  takeNumbersOn,
} from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { postEntries } from '#erp/ledger';
import type { EntryDraft } from '#erp/ledger';
import { lockOpenItems, openOf } from '#erp/open-items';
import {
  bookedRateOf,
  companyPartOf,
  counterItems,
  discountSharesOf,
  reliefLines,
} from '#erp/open-items/settling';
import type { OpenItem } from '#erp/open-items';
import { currencyScale, newId } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { addDecimals, compareDecimals, decimal, sumDecimals } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { ReceivablesProblemCode } from './errors.ts';
import { writeOffLimit } from './read-write-offs.ts';

type Code = ReceivablesProblemCode;

/** What is not asked for any more: a few coins too little (or too much), or a debt nobody will pay. */
export type WriteOffDraft = {
  readonly kind: 'small-difference' | 'bad-debt';
  readonly item: string;
  readonly amount?: Decimal; // Else all that is open.
  readonly on: LocalDate;
  readonly reason: string;
};

type Decided = {
  readonly draft: WriteOffDraft;
  readonly item: OpenItem;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly tax: Decimal;
};
type Numbered = Decided & { readonly id: string; readonly number: string };

const ZERO = decimal('0');

/**
 * Writes items off, with the tax that was charged on them. A small difference is within the limit of
 * the legal entity; a credit that a customer overpaid by a few coins may be kept, too.
 */
export const writeOff = (
  tx: Handle,
  context: ErpContext,
  drafts: readonly WriteOffDraft[],
): Promise<readonly Result<{ readonly id: string; readonly number: string }, Code>[]> =>
  bookTogether(tx, drafts, (asked) => bookWriteOffs(tx, context, asked));

async function bookWriteOffs(
  tx: Handle,
  context: ErpContext,
  drafts: readonly WriteOffDraft[],
): Promise<Booked<{ readonly id: string; readonly number: string }, Code>> {
  const { legalEntity, clock } = context;
  const companyCurrency = await companyCurrencyOf(tx, legalEntity);
  const limit = await writeOffLimit(tx, legalEntity);
  const items = new Map(
    await lockOpenItems(
      tx,
      drafts.map(({ item }) => item),
    ),
  );
  const decided = drafts.map((draft): Result<Decided, Code> => {
    const item = items.get(draft.item);
    if (item?.side !== 'receivable' || item.legalEntity !== legalEntity) {
      return refuse('receivables.no-such-item', `there is no open item ${draft.item}`, 'item');
    }
    const one = decideWriteOff(draft, item, { companyCurrency, limit });
    if (one.ok) items.set(item.id, lowered(one.value)); // A later draft sees what is left.
    return one;
  });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const days = good.map(({ draft }) => draft.on);
  const numbers = await takeNumbersOn(tx, legalEntity, 'WO', days);
  const nowMs = millisecondsOf(clock());
  const numbered = good.map((one, at): Numbered => {
    return { ...one, id: newId('wo', nowMs), number: numbers[at] ?? '' };
  });
  const posted = await postEntries(
    tx,
    context,
    numbered.map((one) => entryOf(one, companyCurrency)),
  );
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const unbooked = refusedLate(posted, places, 'receivables.journal-refused');
  if (unbooked.size > 0) return { results: [], late: unbooked };
  const entries = posted.map((each) => (each.ok ? each.value.id : ''));
  const late = await clear(tx, context, { numbered, entries, places });
  if (late.size > 0) return { results: [], late };
  await write(tx, context, numbered, entries);
  const made = numbered.values();
  const results = decided.map((each) => {
    if (!each.ok) return each;
    const { id = '', number = '' } = made.next().value ?? {};
    return accept({ id, number });
  });
  return { results, late };
}

function decideWriteOff(
  draft: WriteOffDraft,
  item: OpenItem,
  of: { readonly companyCurrency: CurrencyCode; readonly limit: Decimal },
): Result<Decided, Code> {
  const open = openOf(item);
  const amount = draft.amount ?? open;
  if (compareDecimals(amount, ZERO) <= 0 || compareDecimals(amount, open) > 0) {
    return refuse('receivables.settled', `${open} of ${item.documentNumber} is open`, 'amount');
  }
  const companyAmount = companyPartOf(item, amount, currencyScale(of.companyCurrency));
  const isSmall = draft.kind === 'small-difference';
  if (isSmall && compareDecimals(companyAmount, of.limit) > 0) {
    const message = `${companyAmount} is above ${of.limit}, the most that is a small difference`;
    return refuse('receivables.over-limit', message, 'amount');
  }
  if (!isSmall && item.effect === 'lowers') {
    return refuse('receivables.no-such-item', 'a credit is no debt', 'item');
  }
  const tax = sumDecimals(discountSharesOf(item, amount).map((share) => share.tax));
  return accept({ draft, item, amount, companyAmount, tax });
}

const lowered = ({ item, amount, companyAmount }: Decided): OpenItem => ({
  ...item,
  cleared: addDecimals(item.cleared, amount),
  companyCleared: addDecimals(item.companyCleared, companyAmount),
});

function entryOf(
  { draft, item, amount, companyAmount, id, number }: Numbered,
  companyCurrency: CurrencyCode,
): EntryDraft {
  const key = draft.kind === 'bad-debt' ? 'bad-debt' : 'rounding';
  return {
    legalEntity: item.legalEntity,
    kind: 'payment',
    postedOn: draft.on,
    documentOn: draft.on,
    currency: item.currency,
    ...(item.currency === companyCurrency
      ? {}
      : { rate: bookedRateOf(item), rateOn: item.postedOn }),
    text: `${item.documentNumber}: ${draft.reason}`,
    source: { area: 'receivables', kind: 'write-off', id, number },
    lines: reliefLines(item, { amount, companyAmount, key }, companyCurrency),
  };
}

async function clear(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly numbered: readonly Numbered[];
    readonly entries: readonly string[];
    readonly places: readonly number[];
  },
): Promise<ReadonlyMap<number, Refusal<Code>>> {
  const cleared = await counterItems(
    tx,
    context,
    of.numbered.map(({ draft, item, amount, companyAmount, id, number }, at) => ({
      item,
      amount,
      companyAmount,
      on: draft.on,
      entryId: of.entries[at] ?? '',
      document: { kind: 'write-off', id, number },
    })),
  );
  await linkDocuments(
    tx,
    of.numbered.map(({ item, id, number }) => ({
      from: { kind: item.documentKind, id: item.documentId, number: item.documentNumber },
      to: { kind: 'write-off', id, number },
    })),
  );
  return refusedLate(cleared, of.places, 'receivables.settled');
}

const COLUMNS = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  kind: 'text',
  customer: 'text',
  item_id: 'text',
  written_off_on: 'date',
  currency: 'text',
  amount: 'numeric',
  tax: 'numeric',
  company_amount: 'numeric',
  reason: 'text',
  entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;

async function write(
  tx: Handle,
  { by, clock, legalEntity }: ErpContext,
  numbered: readonly Numbered[],
  entries: readonly string[],
): Promise<void> {
  const now = clock();
  const values = numbered.map(({ draft, item, amount, companyAmount, tax, id, number }, at) => ({
    id,
    legal_entity: legalEntity,
    number,
    kind: draft.kind,
    customer: item.party,
    item_id: item.id,
    written_off_on: draft.on,
    currency: item.currency,
    amount,
    tax,
    company_amount: companyAmount,
    reason: draft.reason,
    entry_id: entries[at] ?? '',
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_receivables.write_off', COLUMNS, values);
}
