import type { Handle } from '#database';
import { createOwnAccounts } from '#erp/banking';
import type { ErpContext } from '#erp/company';
import { createAccounts } from '#erp/ledger';
import type { Trade } from '../world/catalogue.ts';
import { made } from './made.ts';

/** Where payments stand until the bank tells of them. */
export const IN_TRANSIT = '1420';

const MAIN = 'MAIN';
const LEDGER_ACCOUNTS = ['1402', '1403', '1404'];
const NUMBERS: Readonly<Record<string, { readonly iban: string } | undefined>> = {
  NWDE: { iban: 'DE12500105170648489890' },
  NWCH: { iban: 'CH9300762011623852957' },
};

/** The account of ours that a currency is paid from and to. */
export const bankOf = ({ entity }: Trade, currency: string): string =>
  currency === entity.currency ? MAIN : currency;

/** Opens an account in the company's currency, and one in each that its customers or suppliers have. */
export async function foundBanks(tx: Handle, context: ErpContext, trade: Trade): Promise<void> {
  const { customers, suppliers, entity } = trade;
  const all = new Set([...customers, ...suppliers].map(({ currency }) => currency));
  all.delete(entity.currency);
  const foreign = [...all].toSorted().slice(0, LEDGER_ACCOUNTS.length);
  await createAccounts(
    tx,
    context,
    foreign.slice(1).map((currency, at) => ({
      number: LEDGER_ACCOUNTS[at + 1] ?? '',
      name: { en: `Bank, ${currency}`, de: `Bank, ${currency}` },
      kind: 'asset' as const,
      statementLine: 'cash' as const,
      revaluationAccount: '1409',
    })),
  );
  const common = { clearingAccount: IN_TRANSIT };
  const opened = await createOwnAccounts(tx, context, [
    {
      ...common,
      code: MAIN,
      name: `${entity.name}, ${entity.currency}`,
      currency: entity.currency,
      ledgerAccount: '1400',
      ...(NUMBERS[entity.code] ?? { accountNumber: '4711000' }),
    },
    ...foreign.map((currency, at) => ({
      ...common,
      code: currency,
      name: `${entity.name}, ${currency}`,
      currency,
      ledgerAccount: LEDGER_ACCOUNTS[at] ?? '',
      accountNumber: `471100${at + 1}`,
    })),
  ]);
  made(opened);
}
