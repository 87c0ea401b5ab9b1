import type { OwnAccount } from '#erp/banking';
import { companyCurrencyOf, companyRates } from '#erp/company';
import {
  addDecimals,
  compareDecimals,
  decimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import { money, SCALE } from './amounts.ts';
import type { Line, Told } from './bank-lines.ts';
import { bankOf, OWN_TRANSFERS } from './banks.ts';
import type { Desk } from './desk.ts';

/** Money between the account in the company's currency and another one, both told of it on one day. */
export type OwnTransfer = {
  readonly on: LocalDate;
  readonly account: OwnAccount; // The other one.
  readonly amount: Decimal; // Of its currency; above zero it gets it.
};

const ZERO = decimal('0');
const ENOUGH = { least: decimal('1'), wanted: decimal('3'), most: decimal('6') }; // Months.
const LEFT_ALONE = decimal('10000'); // So much more nobody moves.
const [ONE, THOUSAND, THOUSANDTH] = [decimal('1'), decimal('1000'), decimal('0.001')];

/**
 * What goes to the account of another currency and comes from it on days that the bank tells of. Other
 * accounts somebody else looks after.
 */
export function transfersOf(
  { trade }: Desk,
  account: OwnAccount,
  of: { readonly opening: Decimal; readonly told: readonly Told[] },
): readonly OwnTransfer[] {
  if (account.code !== bankOf(trade, account.currency)) return [];
  let standing = of.opening;
  return of.told.flatMap(({ day: { on, needed }, lines }) => {
    standing = addDecimals(standing, sumDecimals(lines.map((each) => each.amount)));
    const month = needed?.find(({ currency }) => currency === account.currency)?.amount;
    const amount = transferOf(standing, month === undefined ? undefined : money(month));
    standing = addDecimals(standing, amount);
    return compareDecimals(amount, ZERO) === 0 ? [] : [{ on, account, amount }];
  });
}

/**
 * What is moved to an account that stands at so much, in whole thousands. Once a month it is to have
 * what a month needs at least and six times that at most; then three times. On other days, what goes
 * out is covered.
 */
export function transferOf(standing: Decimal, month: Decimal | undefined): Decimal {
  if (month === undefined) {
    return compareDecimals(standing, ZERO) < 0 ? thousands(negateDecimal(standing), ONE) : ZERO;
  }
  const months = (count: Decimal): Decimal => multiplyDecimals(month, count);
  const missing = subtractDecimals(months(ENOUGH.wanted), standing);
  if (compareDecimals(standing, months(ENOUGH.least)) < 0) return thousands(missing, ONE);
  const most = addDecimals(months(ENOUGH.most), LEFT_ALONE);
  if (compareDecimals(standing, most) <= 0) return ZERO;
  return negateDecimal(thousands(negateDecimal(missing), ZERO));
}

/** The whole thousands of an amount, and so many more. */
const thousands = (amount: Decimal, more: Decimal): Decimal => {
  const whole = roundDecimal(multiplyDecimals(amount, THOUSANDTH), 0, 'down');
  return roundDecimal(multiplyDecimals(addDecimals(whole, more), THOUSAND), SCALE);
};

/** The lines of the other account: what it gets goes to the account in between. */
export const linesOfTransfers = (
  desk: Desk,
  transfers: readonly OwnTransfer[],
  on: LocalDate,
): readonly Line[] =>
  transfers.flatMap((each) => (each.on === on ? [lineOf(desk, each, each.amount)] : []));

/**
 * The lines of the account in the company's currency, each at the day's rate: so what is in between
 * comes to nothing, and no rate has gained or lost anything.
 */
export async function linesOfMain(
  desk: Desk,
  transfers: readonly OwnTransfer[],
): Promise<ReadonlyMap<LocalDate, readonly Line[]>> {
  if (transfers.length === 0) return new Map();
  const { tx, context } = desk;
  const rateOf = await companyRates(
    tx,
    await companyCurrencyOf(tx, context.legalEntity),
    transfers.map(({ account: { currency }, on }) => ({ currency, on })),
  );
  const lines = transfers.map((each) => {
    const { on, account, amount } = each;
    const worth = multiplyDecimals(amount, rateOf(account.currency, on) ?? ONE);
    return { on, line: lineOf(desk, each, negateDecimal(roundDecimal(worth, SCALE))) };
  });
  const byDay = Map.groupBy(lines, ({ on }) => on);
  return new Map([...byDay].map(([on, own]) => [on, own.map(({ line }) => line)]));
}

const lineOf = (desk: Desk, { account: { code } }: OwnTransfer, amount: Decimal): Line => ({
  amount,
  who: desk.trade.entity.name,
  about: `between our own accounts: ${code}`,
  parts: [{ kind: 'account', account: OWN_TRANSFERS, amount }],
});
