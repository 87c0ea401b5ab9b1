/** What has to agree at the end of every story: the ledger with itself, and with what stands under it. */
import { z } from 'zod';
import { addDecimals, decimal } from '#kernel/decimal';
import type { RunningRialto } from '../running-rialto.ts';

const WORK_IN_PROGRESS = '1240'; // Nothing but work orders moves it.
const BOOKS = '/v1/erp/legal-entities/DE01';
const Trial = z.object({
  rows: z.array(z.object({ account: z.string(), closing: z.string() })),
  totals: z.object({ closing: z.string() }),
});
const Accounts = z.object({
  items: z.array(z.object({ number: z.string(), controlOf: z.string().optional() })),
});
const Aging = z.object({ items: z.array(z.object({ total: z.string() })) });
const Orders = z.object({ items: z.array(z.object({ wip: z.string() })) });
const Stock = z.object({ items: z.array(z.object({ value: z.string() })) });

/** The sum of the trial balance; and of each subledger the ledger's side and its own. */
export type Agreement = {
  readonly trialBalance: string;
  readonly stock: readonly [string, string];
  readonly workInProgress: readonly [string, string];
  readonly payables: readonly [string, string];
  readonly receivables: readonly [string, string];
};

/** Looks, at the end of a day. */
export async function agreementOf(rialto: RunningRialto, on: string): Promise<Agreement> {
  const get = (path: string) => rialto.request('GET', `${BOOKS}/${path}`);
  const trial = Trial.parse(await get(`trial-balance?to=${on}`));
  const accounts = Accounts.parse(await get('accounts')).items;
  const owed = Aging.parse(await get(`payables-aging?asOf=${on}`)).items;
  const due = Aging.parse(await get(`receivables-aging?asOf=${on}`)).items;
  const stock = Stock.parse(await get('stock?limit=200')).items;
  const made = Orders.parse(await get('work-orders?limit=200')).items;
  const controlled = (kind: string): string => {
    const own = new Set(accounts.flatMap((each) => (each.controlOf === kind ? [each.number] : [])));
    return sum(trial.rows.filter((row) => own.has(row.account)).map((row) => row.closing));
  };
  const inWork = trial.rows.filter((row) => row.account === WORK_IN_PROGRESS);
  return {
    trialBalance: trial.totals.closing,
    stock: [controlled('stock'), sum(stock.map(({ value }) => value))],
    workInProgress: [sum(inWork.map((row) => row.closing)), sum(made.map(({ wip }) => wip))],
    payables: [controlled('payable'), sum(owed.map(({ total }) => `-${total}`))],
    receivables: [controlled('receivable'), sum(due.map(({ total }) => total))],
  };
}

const sum = (amounts: readonly string[]): string =>
  amounts.map((amount) => decimal(amount.replace(/^--/, ''))).reduce(addDecimals, decimal('0.00'));
