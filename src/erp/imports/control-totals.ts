import type { Handle } from '#database';
import { listPositions } from '#erp/inventory';
import { listAccounts, listDetermination } from '#erp/ledger';
import { accountBalances } from '#erp/ledger/reports';
import { agingOf } from '#erp/open-items';
import {
  addDecimals,
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { localDate } from '#kernel/time';
import type { ErpContext } from '#erp/company';

/** A day after every other: what stands then is what stands now. */
export const END_OF_TIME = localDate('9999-12-31');

/** What an account is kept for. */
type Control = 'receivable' | 'payable' | 'stock' | 'opening-balance';

/** A control account, or that of opening balances: company currency, a debit above zero. */
export type ControlTotal = {
  readonly account: string;
  readonly name: { readonly en: string; readonly de: string };
  readonly of: Control;
  readonly before: Decimal;
  readonly after: Decimal;
};

/** What the ledger says, and what stands under it. */
export type Agreement = {
  readonly of: Exclude<Control, 'opening-balance'>;
  readonly ledger: Decimal;
  readonly subledger: Decimal;
  readonly difference: Decimal;
};

/** The balances now of control accounts and of the account of opening balances. */
export async function controlBalances(
  tx: Handle,
  { legalEntity }: Pick<ErpContext, 'legalEntity'>,
): Promise<readonly Omit<ControlTotal, 'before'>[]> {
  const rules = await listDetermination(tx, legalEntity);
  const opening = rules.find(({ key }) => key === 'opening-balance')?.account;
  const balances = await accountBalances(tx, { legalEntity, on: END_OF_TIME });
  return (await listAccounts(tx, legalEntity)).flatMap(({ number, name, controlOf }) => {
    const of = controlOf ?? (number === opening ? 'opening-balance' : undefined);
    if (of === undefined) return [];
    return [{ account: number, name, of, after: balances.get(number) ?? decimal('0.00') }];
  });
}

/** What of it moved, from before; accounts that nothing stands on are left out. */
export function totalsOf(
  before: readonly Omit<ControlTotal, 'before'>[],
  after: readonly Omit<ControlTotal, 'before'>[],
): readonly ControlTotal[] {
  const then = new Map(before.map((each) => [each.account, each.after]));
  const zero = decimal('0');
  return after
    .map((each) => ({ ...each, before: then.get(each.account) ?? decimal('0.00') }))
    .filter(
      (each) => compareDecimals(each.before, zero) !== 0 || compareDecimals(each.after, zero) !== 0,
    );
}

/** Whether the ledger agrees with open items and stock. */
export async function agreementOf(
  tx: Handle,
  { legalEntity }: Pick<ErpContext, 'legalEntity'>,
  totals: readonly ControlTotal[],
): Promise<readonly Agreement[]> {
  const owed = async (side: 'receivable' | 'payable'): Promise<Decimal> =>
    sumDecimals(
      (await agingOf(tx, { legalEntity, side, asOf: END_OF_TIME })).map(({ total }) => total),
    );
  const stock = await listPositions(tx, { legalEntity, limit: POSITIONS_MAX });
  const under = {
    receivable: await owed('receivable'),
    payable: negateDecimal(await owed('payable')),
    stock: sumDecimals(stock.map(({ value }) => value)),
  } as const;
  return (['receivable', 'payable', 'stock'] as const).map((of) => {
    const ledger = totals
      .filter((each) => each.of === of)
      .reduce((sum, each) => addDecimals(sum, each.after), decimal('0.00'));
    const subledger = addDecimals(under[of], decimal('0.00'));
    return { of, ledger, subledger, difference: subtractDecimals(ledger, subledger) };
  });
}

const POSITIONS_MAX = 10_000_000;
