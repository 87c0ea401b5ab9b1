/** What has to agree at the end of every story: the ledger with itself, and with what stands under it. */
import { z } from 'zod';
import { addDecimals, decimal } from '#kernel/decimal';
import type { RunningRialto } from '../running-rialto.ts';

const BOOKS = '/v1/erp/legal-entities/DE01';
const Trial = z.object({
  rows: z.array(z.object({ account: z.string(), closing: z.string() })),
  totals: z.object({ closing: z.string() }),
});
const Accounts = z.object({
  items: z.array(z.object({ number: z.string(), controlOf: z.string().optional() })),
});
const Aging = z.object({ items: z.array(z.object({ total: z.string() })) });
const Stock = z.object({ items: z.array(z.object({ value: z.string() })) });

/** The sum of the trial balance, and for stock, payables and receivables: the ledger's side and the subledger's. */
export type Agreement = {
  readonly trialBalance: string;
  readonly stock: readonly [string, string];
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
  const controlled = (kind: string): string => {
    const own = new Set(accounts.flatMap((each) => (each.controlOf === kind ? [each.number] : [])));
    return sum(trial.rows.filter((row) => own.has(row.account)).map((row) => row.closing));
  };
  return {
    trialBalance: trial.totals.closing,
    stock: [controlled('stock'), sum(stock.map(({ value }) => value))],
    payables: [controlled('payable'), sum(owed.map(({ total }) => `-${total}`))],
    receivables: [controlled('receivable'), sum(due.map(({ total }) => total))],
  };
}

const sum = (amounts: readonly string[]): string =>
  amounts.map((amount) => decimal(amount.replace(/^--/, ''))).reduce(addDecimals, decimal('0.00'));
