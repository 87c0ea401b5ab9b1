import { telescoped } from '#erp/company/tax';
import type { EntryDraft, LineDraft } from '#erp/ledger';
import { currencyScale } from '#kernel';
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
import type { DecidedDocument, DecidedLine } from './decided-document.ts';

/** What a document books. */
export type Booking = { readonly entry: EntryDraft; readonly companyGross: Decimal };

const ZERO = decimal('0');

/**
 * Books a document: what the customer owes against revenue and output tax; a credit note the other
 * way. Each line states both currencies, so that nothing is rounded twice.
 */
export function documentEntry(
  document: DecidedDocument,
  of: {
    readonly id: string;
    readonly number: string;
    readonly legalEntity: string;
    readonly companyCurrency: CurrencyCode;
  },
): Booking {
  const { kind, customer, currency, rate, gross, taxes, lines } = document;
  const scale = currencyScale(of.companyCurrency);
  const exact = (amount: Decimal): Decimal => multiplyDecimals(amount, rate);
  const nets = telescoped(
    lines.map(({ net }) => exact(net)),
    scale,
  );
  const sold = lines.map((line, at) => soldLine(line, customer.id, nets[at] ?? ZERO));
  const taxed = taxes.map(
    ({ code, amount }): LineDraft => ({
      posting: { key: 'output-tax', taxCode: code },
      amount: negateDecimal(amount),
      companyAmount: negateDecimal(roundDecimal(exact(amount), scale)),
      taxCode: code,
    }),
  );
  const others = [...sold, ...taxed].filter(({ amount }) => compareDecimals(amount, ZERO) !== 0);
  const companyGross = negateDecimal(
    sumDecimals(others.map(({ amount, companyAmount = amount }) => companyAmount)),
  );
  const owed: LineDraft = {
    posting: { key: 'receivable' },
    amount: gross,
    companyAmount: companyGross,
    party: customer.id,
    dueOn: document.dueOn,
  };
  const all = [owed, ...others];
  const entry: EntryDraft = {
    legalEntity: of.legalEntity,
    kind,
    postedOn: document.postedOn,
    documentOn: document.issuedOn,
    currency,
    ...(currency === of.companyCurrency ? {} : { rate }),
    text: `${customer.name} ${of.number}`,
    source: { area: 'receivables', kind: documentKindOf(kind), id: of.id, number: of.number },
    lines: kind === 'invoice' ? all : all.map(turned),
  };
  return { entry, companyGross };
}

/** What a document is called where documents of all areas meet. */
export const documentKindOf = (kind: DecidedDocument['kind']): string =>
  kind === 'invoice' ? 'customer-invoice' : 'customer-credit-note';

function soldLine(line: DecidedLine, party: string, company: Decimal): LineDraft {
  const { account, posting, item, costCentre, project, taxCode, quantity, net } = line;
  return {
    ...(account === undefined ? { posting } : { account }),
    amount: negateDecimal(net),
    companyAmount: negateDecimal(company),
    party,
    ...(item === undefined ? {} : { item }),
    ...(costCentre === undefined ? {} : { costCentre }),
    ...(project === undefined ? {} : { project }),
    ...(taxCode === undefined ? {} : { taxCode }),
    ...(quantity === undefined ? {} : { quantity: negateDecimal(quantity) }),
  };
}

function turned({ amount, companyAmount = amount, quantity, ...line }: LineDraft): LineDraft {
  return {
    ...line,
    amount: negateDecimal(amount),
    companyAmount: negateDecimal(companyAmount),
    ...(quantity === undefined ? {} : { quantity: negateDecimal(quantity) }),
  };
}
