import type { Handle } from '#database';
import {
  accept,
  companyCurrencyOf,
  companyRates,
  linkDocuments,
  refuse,
  refusedLate,
  takeNumbersOn,
} from '#erp/company';
import type { Booked, ErpContext, Refusal, Result } from '#erp/company';
import { entryText, postEntries } from '#erp/ledger';
import type { EntryDraft } from '#erp/ledger';
import { currencyScale, newId, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { allocate } from './allocate.ts';
import { createOpenItems } from './create-open-items.ts';
import type { OpenItem, Side } from './open-item.ts';
import { lockOpenItems } from './read-open-items.ts';

/** So much for one open item, with the discount that paying now is worth. */
export type PaymentPart = {
  readonly item: string;
  readonly amount: Decimal;
  readonly discount?: Decimal;
};

/** Money that came or left. What its parts do not use stays open. */
export type PaymentWish = {
  readonly party: string;
  readonly paidOn: LocalDate;
  readonly bankAccount: string; // Ours, by its code.
  readonly currency: string;
  readonly amount: Decimal;
  readonly isRefund?: boolean; // Money goes back: its parts are what lowers.
  readonly parts: readonly PaymentPart[];
};

/** Whose payments they are, and what their area calls its refusals. */
export type PaymentBook<Code extends string> = {
  readonly side: Side;
  readonly area: string;
  readonly series: string;
  readonly prefix: string; // Of ids.
  readonly document: string; // Its kind.
  readonly codes: Readonly<Record<'noRate' | 'totalsDiffer' | 'journalRefused' | 'settled', Code>>;
  /** What else speaks against one; the items of all parts are locked and handed in. */
  readonly problemOf: (
    wish: PaymentWish,
    items: ReadonlyMap<string, OpenItem>,
  ) => Refusal<Code> | undefined;
};

/** A payment as it was booked. */
export type BookedPayment = {
  readonly id: string;
  readonly number: string;
  readonly entry: string;
  readonly item: string; // What it leaves open, until its parts are settled.
  readonly amount: Decimal; // At its currency's scale.
  readonly companyAmount: Decimal;
};

type Decided = {
  readonly wish: PaymentWish;
  readonly currency: CurrencyCode;
  readonly rate: Decimal;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
};
type Numbered = Decided & { readonly id: string; readonly number: string };

const ZERO = decimal('0');

/** Books payments and settles what they are for, discounts and exchange differences too. */
export async function bookPayments<Code extends string>(
  tx: Handle,
  context: ErpContext,
  book: PaymentBook<Code>,
  wishes: readonly PaymentWish[],
): Promise<Booked<BookedPayment, Code>> {
  const { legalEntity, clock } = context;
  const items = await lockOpenItems(
    tx, // Before any number is taken: whoever settles by hand waits for items first, too.
    wishes.flatMap(({ parts }) => parts.map(({ item }) => item)),
  );
  const decided = await decideAll(tx, legalEntity, { book, wishes, items });
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const places = [...decided.keys()].filter((place) => decided[place]?.ok === true);
  const numbers = await takeNumbersOn(
    tx,
    legalEntity,
    book.series,
    good.map(({ wish }) => wish.paidOn),
  );
  const nowMs = millisecondsOf(clock());
  const numbered = good.map((one, at): Numbered => {
    return { ...one, id: newId(book.prefix, nowMs), number: numbers[at] ?? '' };
  });
  const posted = await postEntries(
    tx,
    context,
    numbered.map((one) => entryOf(one, book, legalEntity)),
  );
  const late = refusedLate(posted, places, book.codes.journalRefused);
  if (late.size > 0) return { results: [], late };
  const entries = posted.map((each) => (each.ok ? each.value.id : ''));
  const opened = await openAll(tx, context, { book, numbered, entries });
  const refused = await settleAll(tx, context, { numbered, opened, code: book.codes.settled });
  for (const [at, refusal] of refused) late.set(places[at] ?? -1, refusal);
  if (late.size > 0) return { results: [], late };
  await linkAll(tx, book.document, numbered, items);
  let at = -1;
  const results = decided.map((each): Result<BookedPayment, Code> => {
    if (!each.ok) return each;
    at += 1;
    const { id = '', number = '' } = numbered[at] ?? {};
    const { amount, companyAmount } = each.value;
    const [entry = '', item = ''] = [entries[at], opened[at]];
    return accept({ id, number, entry, item, amount, companyAmount });
  });
  return { results, late };
}

async function decideAll<Code extends string>(
  tx: Handle,
  legalEntity: string,
  of: {
    readonly book: PaymentBook<Code>;
    readonly wishes: readonly PaymentWish[];
    readonly items: ReadonlyMap<string, OpenItem>;
  },
): Promise<readonly Result<Decided, Code>[]> {
  const { codes, problemOf } = of.book;
  const company = await companyCurrencyOf(tx, legalEntity);
  const rateOf = await companyRates(
    tx,
    company,
    of.wishes.map(({ currency, paidOn }) => ({ currency, on: paidOn })),
  );
  return of.wishes.map((wish): Result<Decided, Code> => {
    const problem = problemOf(wish, of.items);
    if (problem !== undefined) return problem;
    const currency = parseCurrency(wish.currency);
    const rate = currency === undefined ? undefined : rateOf(currency, wish.paidOn);
    if (currency === undefined || rate === undefined) {
      return refuse(codes.noRate, `no rate for ${wish.currency} on ${wish.paidOn}`, 'currency');
    }
    const amount = roundDecimal(wish.amount, currencyScale(currency));
    const used = sumDecimals(wish.parts.map((part) => part.amount));
    if (compareDecimals(amount, ZERO) <= 0 || compareDecimals(used, amount) > 0) {
      return refuse(codes.totalsDiffer, `its parts come to ${used}`, 'amount');
    }
    const companyAmount = roundDecimal(multiplyDecimals(amount, rate), currencyScale(company));
    return accept({ wish, currency, rate, amount, companyAmount });
  });
}

/** Whether the bank gains: a customer's payment, a supplier's refund. */
const comesIn = (side: Side, { isRefund = false }: PaymentWish): boolean =>
  (side === 'receivable') !== isRefund;

const signed = (value: Decimal, isDebit: boolean): Decimal =>
  isDebit ? value : negateDecimal(value);

function entryOf<Code extends string>(
  { wish, currency, rate, amount, companyAmount, id, number }: Numbered,
  { side, area, document }: PaymentBook<Code>,
  legalEntity: string,
): EntryDraft {
  const { party, paidOn, bankAccount } = wish;
  const isIn = comesIn(side, wish);
  return {
    legalEntity,
    kind: 'payment',
    postedOn: paidOn,
    documentOn: paidOn,
    currency,
    ...(compareDecimals(rate, decimal('1')) === 0 ? {} : { rate }),
    text: entryText('payment', { number }),
    source: { area, kind: document, id, number },
    lines: [
      {
        posting: { key: side },
        party,
        amount: signed(amount, !isIn),
        companyAmount: signed(companyAmount, !isIn),
      },
      {
        posting: { key: 'bank', bankAccount },
        amount: signed(amount, isIn),
        companyAmount: signed(companyAmount, isIn),
      },
    ],
  };
}

async function openAll<Code extends string>(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly book: PaymentBook<Code>;
    readonly numbered: readonly Numbered[];
    readonly entries: readonly string[];
  },
): Promise<readonly string[]> {
  return await createOpenItems(
    tx,
    context,
    of.numbered.map(({ wish, currency, amount, companyAmount, id, number }, at) => ({
      side: of.book.side,
      effect: wish.isRefund === true ? 'raises' : 'lowers',
      kind: 'payment',
      party: wish.party,
      currency,
      amount,
      companyAmount,
      issuedOn: wish.paidOn,
      postedOn: wish.paidOn,
      dueOn: wish.paidOn,
      document: { kind: of.book.document, id, number },
      entryId: of.entries[at] ?? '',
    })),
  );
}

/** Settles the parts of each payment. Answers, by place, what could not be. */
async function settleAll<Code extends string>(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly numbered: readonly Numbered[];
    readonly opened: readonly string[];
    readonly code: Code;
  },
): Promise<ReadonlyMap<number, Refusal<Code>>> {
  const wanted = of.numbered.flatMap(({ wish }, at) => {
    const own = of.opened[at] ?? '';
    return wish.parts.map(({ item, amount, discount }) => ({
      at,
      allocation: {
        raising: wish.isRefund === true ? own : item,
        lowering: wish.isRefund === true ? item : own,
        amount,
        ...(discount === undefined ? {} : { discount }),
        on: wish.paidOn,
      },
    }));
  });
  const settled = await allocate(
    tx,
    context,
    wanted.map(({ allocation }) => allocation),
  );
  return refusedLate(
    settled,
    wanted.map(({ at }) => at),
    of.code,
  );
}

async function linkAll(
  tx: Handle,
  document: string,
  numbered: readonly Numbered[],
  items: ReadonlyMap<string, OpenItem>,
): Promise<void> {
  await linkDocuments(
    tx,
    numbered.flatMap(({ wish, id, number }) =>
      wish.parts.flatMap(({ item }) => {
        const paid = items.get(item);
        if (paid === undefined) return [];
        const { documentKind, documentId, documentNumber } = paid;
        return [
          {
            from: { kind: documentKind, id: documentId, number: documentNumber },
            to: { kind: document, id, number },
          },
        ];
      }),
    ),
  );
}
