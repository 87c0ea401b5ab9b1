import type { MatchPart, OwnAccount } from '#erp/banking';
import { itemsOfDocuments, openOf } from '#erp/open-items';
import type { OpenItem } from '#erp/open-items';
import { compareDecimals, decimal, negateDecimal } from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { money } from './amounts.ts';
import { documentOf } from './desk.ts';
import type { Desk, Of } from './desk.ts';
import { openBalances } from './settle.ts';
import type { Balance } from './settle.ts';

type Statement = Of<'bank-statement'>;

/** A line that the bank will tell, and what explains it. None: somebody has to find out. */
export type Line = {
  readonly amount: Decimal;
  readonly who?: string;
  readonly about?: string;
  readonly parts: readonly MatchPart[];
  readonly stray?: string; // Its key.
};

/** What the bank will tell of on a day. */
export type Told = { readonly day: Statement; readonly lines: readonly Line[] };

/** What is open of what the bank will tell of without our having posted it. */
export type OpenAtBank = {
  readonly owed: ReadonlyMap<string, Balance>; // By open item: what customers owe.
  readonly advances: ReadonlyMap<string, readonly OpenItem[]>; // By payment: what suppliers got too much.
};

const ZERO = decimal('0');
const NONE: OpenAtBank['advances'] = new Map();

/** Reads what is open of what came in without a posting, of all days at once. */
export async function openAtBank(desk: Desk, days: readonly Statement[]): Promise<OpenAtBank> {
  const owed = await openBalances(
    desk,
    days.flatMap(({ strays }) => strays.map(({ invoice }) => invoice)),
  );
  const paid = days.flatMap(({ sentBack }) =>
    sentBack.flatMap(({ advance }) => documentOf(desk, advance)?.id ?? []),
  );
  return { owed, advances: paid.length === 0 ? NONE : await itemsOfDocuments(desk.tx, paid) };
}

/** What the bank tells of a day that nobody has posted before. */
export const linesOfBank = (
  desk: Desk,
  account: OwnAccount,
  day: Statement,
  open: OpenAtBank,
): readonly Line[] => [
  ...straysOf(desk, account, day, open),
  ...sentBackOf(desk, account, day, open),
  ...feeOf(account, day),
];

function straysOf(
  desk: Desk,
  account: OwnAccount,
  { strays }: Statement,
  { owed }: OpenAtBank,
): readonly Line[] {
  return strays.flatMap(({ key, customer, invoice }): readonly Line[] => {
    const balance = owed.get(documentOf(desk, invoice)?.item ?? '');
    const isHere = balance?.item.currency === account.currency;
    if (balance === undefined || !isHere || compareDecimals(balance.open, ZERO) <= 0) return [];
    const who = desk.trade.customers.find(({ number }) => number === customer)?.name ?? customer;
    return [{ amount: balance.open, who, about: 'as agreed', parts: [], stray: key }];
  });
}

/** A supplier sends back what stands open with him, and names our payment: that explains it. */
function sentBackOf(
  desk: Desk,
  account: OwnAccount,
  { sentBack }: Statement,
  { advances }: OpenAtBank,
): readonly Line[] {
  return sentBack.flatMap(({ supplier, advance }): readonly Line[] => {
    const paid = documentOf(desk, advance);
    const [item] = advances.get(paid?.id ?? '') ?? [];
    if (paid === undefined || item?.currency !== account.currency) return [];
    const amount = openOf(item);
    if (compareDecimals(amount, ZERO) <= 0) return [];
    const who = desk.trade.suppliers.find(({ number }) => number === supplier)?.name ?? supplier;
    const items = [{ item: item.id, amount }];
    return [
      {
        amount,
        who,
        about: `sent back: ${paid.number}`,
        parts: [{ kind: 'items', side: 'payable', party: item.party, amount, items }],
      },
    ];
  });
}

const feeOf = ({ code }: OwnAccount, { fee }: Statement): readonly Line[] => {
  if (fee === undefined || code !== 'MAIN') return [];
  const amount = negateDecimal(money(fee));
  return [{ amount, about: 'account fee', parts: [{ kind: 'account', amount }] }];
};
