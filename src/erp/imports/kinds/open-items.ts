import { companyRates, dueDates, paymentTerms } from '#erp/company';
import type { PaymentTerms, RateOf } from '#erp/company';
import { entryText, postEntries } from '#erp/ledger';
import type { EntryDraft } from '#erp/ledger';
import { createOpenItems } from '#erp/open-items';
import type { OpenItemDraft } from '#erp/open-items';
import { partiesByNumber } from '#erp/parties';
import type { Party } from '#erp/parties';
import { currencyScale, newId, parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  sumDecimals,
  trimDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import { atScale } from '../at-scale.ts';
import { bookedBefore, fingerprintOf, noteBooked } from '../booked-lines.ts';
import { fieldsFrom } from '../field.ts';
import { CREATED, refused } from '../import-kind.ts';
import type { Booker, Desk, ImportKind, Outcome } from '../import-kind.ts';
import type { Row } from '../row.ts';

const SHARED = `
document*     | text 60  | Document number, Document, Invoice number, Invoice | Belegnummer, Beleg, Rechnungsnummer, Rechnung
instalment    | count    | Instalment                   | Rate
issuedOn*     | day      | Issued on, Document date, Invoice date, Date | Belegdatum, Rechnungsdatum, Datum
dueOn         | day      | Due on, Due date             | Fällig am, Fälligkeit, Fälligkeitsdatum
paymentTerms  | text 50  | Payment terms, Terms         | Zahlungsbedingung
amount*       | decimal  | Amount, Open amount, Open    | Betrag, Offener Betrag, Offen
currency      | currency | Currency                     | Währung
companyAmount | decimal  | Company amount, Amount in company currency | Betrag in Hauswährung, Hauswährungsbetrag
`;
const FIELDS = {
  receivables: fieldsFrom(`
party*        | text 40  | Customer number, Customer    | Kundennummer, Kunde, Debitor
${SHARED.trim()}`),
  payables: fieldsFrom(`
party*        | text 40  | Supplier number, Supplier, Vendor | Lieferantennummer, Lieferant, Kreditor
${SHARED.trim()}`),
} as const;

type Side = keyof typeof FIELDS;
const ROLE = { receivables: 'customer', payables: 'supplier' } as const;
const ZERO = decimal('0');

/**
 * What customers, or suppliers, have still open on the opening day. Above zero is an invoice; below,
 * a credit note or a payment that settles nothing yet.
 */
export const openItemKind = (side: Side): ImportKind => ({
  fields: FIELDS[side],
  asksOpeningDay: true,
  isWhole: false,
  keyOf,
  open: (desk) => openSide(desk, side),
});

const keyOf = (row: Row): string => {
  const instalment = row.count('instalment') ?? 1;
  return `${row.text('party')} ${row.text('document')}${instalment === 1 ? '' : ` ${instalment}`}`;
};

/** A line that may be booked. */
type Ready = {
  readonly at: number;
  readonly document: string; // The id of the opening item.
  readonly draft: OpenItemDraft;
};

async function openSide(desk: Desk, side: Side): Promise<Booker> {
  const { tx, context, companyCurrency, openingOn } = desk;
  const terms = await paymentTerms(tx);
  return async (rows) => {
    const outcomes: Outcome[] = [];
    const lines = rows.map((row) => ({ key: keyOf(row), fingerprint: printOf(row, desk) }));
    const before = await bookedBefore(tx, desk, side, lines);
    const parties = await partiesByNumber(tx, {
      legalEntity: context.legalEntity,
      role: ROLE[side],
      numbers: rows.map((row) => row.text('party') ?? ''),
    });
    const currencies = rows.map((row) => row.text('currency') ?? companyCurrency);
    const wishes = [...new Set(currencies)].map((currency) => ({ currency, on: openingOn }));
    const rateOf = await companyRates(tx, companyCurrency, wishes);
    const ready = [...rows.entries()].flatMap(([at, row]): Ready[] => {
      const facts = { desk, side, party: parties.get(row.text('party') ?? ''), terms, rateOf };
      const decided = before.get(lines[at]?.key ?? '') ?? decide(row, facts);
      if (!('did' in decided)) return [{ at, document: decided.document.id, draft: decided }];
      outcomes[at] = decided;
      return [];
    });
    const booked = await post(desk, { side, ready, rateOf });
    for (const [at, outcome] of booked) outcomes[at] = outcome;
    await noteBooked(
      desk,
      side,
      ready.flatMap(({ at, document }) => {
        const line = lines[at];
        return line === undefined || outcomes[at] !== CREATED
          ? []
          : [{ ...line, target: document }];
      }),
    );
    return outcomes;
  };
}

function decide(
  row: Row,
  facts: {
    readonly desk: Desk;
    readonly side: Side;
    readonly party: Party | undefined;
    readonly terms: ReadonlyMap<string, PaymentTerms>;
    readonly rateOf: RateOf;
  },
): OpenItemDraft | Outcome {
  const { desk, side, party, terms, rateOf } = facts;
  const { context, openingOn, companyCurrency } = desk;
  if (party === undefined) {
    const message = `there is no ${ROLE[side]} ${row.text('party')}`;
    return refused('imports.unknown-party', message, 'party');
  }
  const currency = parseCurrency(row.text('currency') ?? companyCurrency) ?? companyCurrency;
  const amount = atScale(row.decimal('amount') ?? ZERO, currency);
  if (amount === undefined || compareDecimals(amount, ZERO) === 0) {
    const message = `an open amount is not zero and can be paid in ${currency}`;
    return refused('imports.bad-value', message, 'amount');
  }
  const companyAmount = companyAmountOf(row, { amount, currency, desk, rateOf });
  if (typeof companyAmount !== 'string') return companyAmount;
  const code = row.text('paymentTerms') ?? party.paymentTerms;
  const named = code === undefined ? undefined : terms.get(code);
  if (code !== undefined && named === undefined) {
    return refused('imports.unknown-terms', `there are no terms ${code}`, 'paymentTerms');
  }
  const issuedOn = row.day('issuedOn') ?? openingOn;
  const due = named === undefined ? undefined : dueDates(named, issuedOn);
  const raises = compareDecimals(amount, ZERO) > 0;
  const number = row.text('document') ?? '';
  return {
    side: side === 'receivables' ? 'receivable' : 'payable',
    effect: raises ? 'raises' : 'lowers',
    kind: 'opening',
    party: party.id,
    document: {
      kind: 'opening-item',
      id: newId('opi', millisecondsOf(context.clock())),
      number,
    },
    instalment: row.count('instalment') ?? 1,
    currency,
    amount: raises ? amount : negateDecimal(amount),
    companyAmount: raises ? companyAmount : negateDecimal(companyAmount),
    issuedOn,
    postedOn: openingOn,
    dueOn: row.day('dueOn') ?? due?.dueOn ?? issuedOn,
    discounts: raises ? (due?.discounts ?? []) : [],
  };
}

function companyAmountOf(
  row: Row,
  of: {
    readonly amount: Decimal;
    readonly currency: CurrencyCode;
    readonly desk: Desk;
    readonly rateOf: RateOf;
  },
): Decimal | Outcome {
  const { amount, currency, desk, rateOf } = of;
  const { companyCurrency, openingOn } = desk;
  if (currency === companyCurrency) return amount;
  const said = row.decimal('companyAmount');
  if (said === undefined) {
    const rate = rateOf(currency, openingOn);
    if (rate !== undefined) {
      return roundDecimal(multiplyDecimals(amount, rate), currencyScale(companyCurrency));
    }
    const message = `there is no rate from ${currency} on ${openingOn}, and no company amount`;
    return refused('imports.no-rate', message, 'companyAmount');
  }
  const scaled = atScale(said, companyCurrency);
  const sameWay = compareDecimals(said, ZERO) > 0 === compareDecimals(amount, ZERO) > 0;
  return scaled !== undefined && sameWay
    ? scaled
    : refused('imports.bad-value', 'the company amount goes the same way', 'companyAmount');
}

/** An entry for each currency, against the opening balance; then the items that stand under them. */
async function post(
  desk: Desk,
  { side, ready, rateOf }: { side: Side; ready: readonly Ready[]; rateOf: RateOf },
): Promise<readonly (readonly [number, Outcome])[]> {
  const { tx, context } = desk;
  const groups = [...Map.groupBy(ready, ({ draft }) => draft.currency)];
  const entries = groups.map(([currency, own]) => entryOf(desk, { side, currency, own, rateOf }));
  const posted = await postEntries(tx, context, entries);
  const outcomes: (readonly [number, Outcome])[] = [];
  const items: OpenItemDraft[] = [];
  for (const [at, [, own]] of groups.entries()) {
    const result = posted[at];
    for (const one of own) {
      if (result?.ok === true) items.push({ ...one.draft, entryId: result.value.id });
      const outcome =
        result?.ok === false ? refused(result.problem.code, result.problem.message) : CREATED;
      outcomes.push([one.at, outcome]);
    }
  }
  await createOpenItems(tx, context, items);
  return outcomes;
}

function entryOf(
  { context, id, openingOn, companyCurrency }: Desk,
  of: {
    readonly side: Side;
    readonly currency: CurrencyCode;
    readonly own: readonly Ready[];
    readonly rateOf: RateOf;
  },
): EntryDraft {
  const { side, currency, own, rateOf } = of;
  const key = side === 'receivables' ? 'receivable' : 'payable';
  const lines = own.map(({ draft }) => {
    const isDebit = (draft.effect === 'raises') === (side === 'receivables');
    const signed = (value: Decimal): Decimal => (isDebit ? value : negateDecimal(value));
    return {
      posting: { key },
      amount: signed(draft.amount),
      companyAmount: signed(draft.companyAmount),
      party: draft.party,
      dueOn: draft.dueOn,
      text: draft.document.number,
    } as const;
  });
  const amount = sumDecimals(lines.map((line) => line.amount));
  const companyAmount = sumDecimals(lines.map((line) => line.companyAmount));
  const isEven = compareDecimals(amount, ZERO) === 0 && compareDecimals(companyAmount, ZERO) === 0;
  const [first] = own;
  const rate =
    rateOf(currency, openingOn) ??
    (first === undefined
      ? undefined
      : divideDecimals(first.draft.companyAmount, first.draft.amount, 6));
  return {
    legalEntity: context.legalEntity,
    kind: 'opening',
    postedOn: openingOn,
    documentOn: openingOn,
    currency,
    ...(currency === companyCurrency || rate === undefined ? {} : { rate }),
    text: entryText(
      side === 'receivables' ? 'open-items-of-customers' : 'open-items-of-suppliers',
      {},
    ),
    source: { area: 'imports', kind: 'import', id, number: id },
    lines: isEven
      ? lines
      : [
          ...lines,
          {
            posting: { key: 'opening-balance' },
            amount: negateDecimal(amount),
            companyAmount: negateDecimal(companyAmount),
          },
        ],
  };
}

function printOf(row: Row, { openingOn, companyCurrency }: Desk): string {
  const company = row.decimal('companyAmount');
  return fingerprintOf({
    on: openingOn,
    issuedOn: row.day('issuedOn'),
    dueOn: row.day('dueOn'),
    amount: trimDecimal(row.decimal('amount') ?? ZERO),
    currency: row.text('currency') ?? companyCurrency,
    companyAmount: company === undefined ? undefined : trimDecimal(company),
  });
}
