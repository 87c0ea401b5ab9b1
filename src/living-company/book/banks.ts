import type { Handle } from '#database';
import { createOwnAccounts } from '#erp/banking';
import type { ErpContext } from '#erp/company';
import { createAccounts } from '#erp/ledger';
import { addBankAccounts, verifyBankAccounts } from '#erp/parties';
import type { LocalDate } from '#kernel/time';
import type { Trade } from '../world/catalogue.ts';
import { ENTITIES } from '../world/plan.ts';
import { currenciesAbroad } from '../world/treasury.ts';
import { idOf } from './desk.ts';
import { made } from './made.ts';
import type { Names } from './names.ts';

/** Where payments stand until the bank tells of them. */
export const IN_TRANSIT = '1420';

/** Where money stands that goes between our own accounts: not revalued, and at nothing once both tell. */
export const OWN_TRANSFERS = '1421';

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
  const { entity } = trade;
  const foreign = currenciesAbroad(trade).slice(0, LEDGER_ACCOUNTS.length);
  const wanted = foreign.slice(1).map((currency, at) => ({
    kind: 'asset' as const,
    statementLine: 'cash' as const,
    number: LEDGER_ACCOUNTS[at + 1] ?? '',
    name: { en: `Bank, ${currency}`, de: `Bank, ${currency}` },
    revaluationAccount: '1409',
  }));
  await createAccounts(tx, context, wanted);
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

/** Enters where suppliers are paid; another has asked them. */
export async function foundPayees(
  tx: Handle,
  context: ErpContext,
  of: { readonly trade: Trade; readonly validFrom: LocalDate; readonly names: Names },
): Promise<void> {
  const { trade, validFrom, names } = of;
  const first = FIRST_NUMBER + ENTITIES.indexOf(trade.entity) * NUMBERS_OF_ENTITY;
  const entered = await addBankAccounts(
    tx,
    context,
    trade.suppliers.map(({ number, name, country }, at) => ({
      party: idOf({ names }, number),
      ...accountOf(country, first + at),
      holder: name,
      validFrom,
    })),
  );
  const ids = made(entered).map(({ id }) => id);
  made(await verifyBankAccounts(tx, { ...context, by: TREASURER }, ids));
}

const [FIRST_NUMBER, NUMBERS_OF_ENTITY] = [7_300_001, 10_000];
const TREASURER = 'treasury';
const BANKS: Readonly<Record<string, string | undefined>> = { DE: '50010517', AT: '12000' };

/** A made-up account: an IBAN where banks have a number here, else what the bank calls it. */
function accountOf(
  country: string,
  account: number,
): { readonly iban: string } | { readonly accountNumber: string; readonly bic: string } {
  const bank = BANKS[country];
  if (bank === undefined) return { accountNumber: `${account}`, bic: `RIAL${country}2X` };
  const number = String(account).padStart(country === 'DE' ? 10 : 11, '0');
  const letters = country.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  const rest = BigInt(`${bank}${number}${letters}00`) % 97n;
  return { iban: `${country}${String(98n - rest).padStart(2, '0')}${bank}${number}` };
}
