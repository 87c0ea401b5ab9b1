import { isSelfAssessed, taxOn, taxTermsOn, telescoped } from '#erp/company/tax';
import type { TaxCode } from '#erp/company/tax';
import type { EntryDraft, LineDraft, PostingTo } from '#erp/ledger';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { DecidedInvoice, DecidedInvoiceLine } from './decide-invoice.ts';
import type { InvoiceKind } from './supplier-invoice.ts';
import { NO_DIFFERENCE, splitDifference } from './split-difference.ts';
import type { Difference } from './split-difference.ts';

/** What an invoice books. `differences`: by its lines, what they charge above what was received. */
export type InvoiceBooking = {
  readonly entry: EntryDraft;
  readonly companyGross: Decimal;
  readonly differences: readonly Difference[];
};

/** Where an amount goes, in both currencies. */
type Side = {
  readonly to: { readonly account: string } | { readonly posting: PostingTo };
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly about?: Pick<
    LineDraft,
    'costCentre' | 'taxCode' | 'project' | 'party' | 'item' | 'dueOn'
  >;
};

const ZERO = decimal('0');
const HUNDRED = decimal('100');
const isZero = (value: Decimal): boolean => compareDecimals(value, ZERO) === 0;

/**
 * Books an invoice: goods received and not invoiced, what was charged above it, expenses and taxes
 * against the supplier. Each line states both currencies, so that nothing is rounded twice.
 */
export function invoiceEntry(
  invoice: DecidedInvoice,
  of: {
    readonly id: string;
    readonly number: string;
    readonly legalEntity: string;
    readonly companyCurrency: CurrencyCode;
    readonly taxCodes: readonly TaxCode[];
  },
): InvoiceBooking {
  const { draft, currency, rate, kind, supplier, gross } = invoice;
  const scale = currencyScale(of.companyCurrency);
  const toCompany = (amount: Decimal): Decimal =>
    roundDecimal(multiplyDecimals(amount, rate), scale);
  const nets = telescoped(
    invoice.lines.map((line) => line.draft.net),
    currencyScale(currency),
  );
  const differences: Difference[] = [];
  const sides = invoice.lines.flatMap((line, at) => {
    const net = nets[at] ?? ZERO;
    const booked = lineSides(line, { net, company: toCompany(net), rate, scale, kind });
    differences.push(booked.difference);
    return booked.sides;
  });
  sides.push(...taxSides(invoice, of.taxCodes, toCompany));
  const companyGross = sumDecimals(sides.map(({ companyAmount }) => companyAmount));
  const owed: Side = {
    to: { posting: { key: 'payable' } },
    amount: negateDecimal(gross),
    companyAmount: negateDecimal(companyGross),
    about: { party: supplier.id, dueOn: invoice.dueOn },
  };
  const lines = [...sides, owed]
    .filter(({ amount, companyAmount }) => !isZero(amount) || !isZero(companyAmount))
    .map((side) => lineOf(side, kind === 'credit-note'));
  const entry: EntryDraft = {
    legalEntity: of.legalEntity,
    kind: kind === 'credit-note' ? 'credit-note' : 'invoice',
    postedOn: draft.postedOn,
    documentOn: draft.issuedOn,
    currency,
    ...(currency === of.companyCurrency ? {} : { rate }),
    text: `${supplier.name} ${draft.supplierNumber}`,
    source: { area: 'payables', kind: 'supplier-invoice', id: of.id, number: of.number },
    lines,
  };
  return { entry, companyGross, differences };
}

function lineOf({ to, amount, companyAmount, about = {} }: Side, isTurned: boolean): LineDraft {
  const turn = (value: Decimal): Decimal => (isTurned ? negateDecimal(value) : value);
  return { ...to, ...about, amount: turn(amount), companyAmount: turn(companyAmount) };
}

/** What a line charges, in both currencies, and at what rate. */
type Charged = {
  readonly net: Decimal;
  readonly company: Decimal;
  readonly rate: Decimal;
  readonly scale: number; // Of the company's currency.
  readonly kind: InvoiceKind;
};

/** Where a line goes: what is above the received goods is a variance of their price, or of their rate. */
function lineSides(
  line: DecidedInvoiceLine,
  charged: Charged,
): { readonly sides: readonly Side[]; readonly difference: Difference } {
  const { draft, order, orderLine, withdrawn, match } = line;
  const { net, company } = charged;
  const item = draft.item ?? orderLine?.item ?? withdrawn?.item;
  const [costCentre, project] = [
    draft.costCentre ?? orderLine?.costCentre ?? undefined,
    draft.project ?? orderLine?.project ?? undefined,
  ];
  const about = {
    ...(item === undefined ? {} : { item }),
    ...(costCentre === undefined ? {} : { costCentre }),
    ...(project === undefined ? {} : { project }),
    ...(draft.taxCode === undefined ? {} : { taxCode: draft.taxCode }),
  };
  const from = orderLine?.isReceivedAgainst === true ? order?.supplier : withdrawn?.supplier;
  if (from === undefined) {
    const account = draft.account ?? orderLine?.account ?? undefined;
    const key = draft.kind === 'freight' ? 'freight' : 'expense';
    const to = account === undefined ? { posting: { key } as const } : { account };
    const sides = [{ to, amount: net, companyAmount: company, about }];
    return { sides, difference: NO_DIFFERENCE };
  }
  const { taken, takenNet } = match ?? { taken: ZERO, takenNet: ZERO };
  const receivedRate = order?.rate ?? charged.rate;
  const difference = splitDifference({ ...charged, taken, takenNet, receivedRate });
  const received: Side = {
    to: { posting: { key: 'grir' } },
    amount: takenNet,
    companyAmount: taken,
    about: { ...about, party: from },
  };
  const above: Side = {
    to: { posting: { key: 'purchase-price-variance' } },
    amount: subtractDecimals(net, takenNet),
    companyAmount: difference.price,
    about,
  };
  // Nobody who ordered decides the rate: neither a project nor a cost centre bears it.
  const rated: Side = {
    to: { posting: { key: exchangeKey(difference.exchange, charged.kind) } },
    amount: ZERO,
    companyAmount: difference.exchange,
    about: item === undefined || item === null ? {} : { item },
  };
  return { sides: [received, above, rated], difference };
}

/** What costs more is lost; what a credit note gives back of it is gained. */
function exchangeKey(
  exchange: Decimal,
  kind: InvoiceKind,
): 'grir-exchange-gain' | 'grir-exchange-loss' {
  const isMore = compareDecimals(exchange, ZERO) > 0;
  return isMore === (kind === 'credit-note') ? 'grir-exchange-gain' : 'grir-exchange-loss';
}

function taxSides(
  { taxes, draft }: DecidedInvoice,
  taxCodes: readonly TaxCode[],
  toCompany: (amount: Decimal) => Decimal,
): readonly Side[] {
  return taxes.flatMap(({ code, base, amount }): readonly Side[] => {
    const terms = taxTermsOn(taxCodes, code, { direction: 'input', on: draft.issuedOn });
    const percent = terms?.recoverablePercent ?? HUNDRED;
    if (terms === undefined || !isSelfAssessed(terms)) {
      return inputSides(code, percent, amount, toCompany).map((side) => ({
        ...side,
        about: { taxCode: code },
      }));
    }
    // Owed to the state by us, and asked back from it in the same return, as far as it may be.
    const assessed = roundDecimal(taxOn(base, terms), scaleOf(base));
    const input = inputSides(code, percent, assessed, toCompany);
    const owed: Side = {
      to: { posting: { key: 'output-tax', taxCode: code } },
      amount: negateDecimal(assessed),
      companyAmount: negateDecimal(sumDecimals(input.map(({ companyAmount }) => companyAmount))),
    };
    return [...input, owed];
  });
}

/** Tax that was charged: what is asked back of it, and the rest, which is cost. */
function inputSides(
  code: string,
  percent: Decimal,
  tax: Decimal,
  toCompany: (amount: Decimal) => Decimal,
): readonly Side[] {
  const recovered = divideDecimals(multiplyDecimals(tax, percent), HUNDRED, scaleOf(tax)) ?? ZERO;
  const lost = subtractDecimals(tax, recovered);
  return [
    {
      to: { posting: { key: 'input-tax', taxCode: code } },
      amount: recovered,
      companyAmount: toCompany(recovered),
    },
    {
      to: { posting: { key: 'expense', taxCode: code } },
      amount: lost,
      companyAmount: toCompany(lost),
    },
  ];
}

function scaleOf(value: Decimal): number {
  const point = value.indexOf('.');
  return point === -1 ? 0 : value.length - point - 1;
}
