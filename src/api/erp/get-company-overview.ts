import { allows } from '#access';
import type { Permission, ReplyOf } from '#api-contract';
import type { Handle } from '#database';
import { listOwnAccounts } from '#erp/banking';
import { companyCurrencyOf } from '#erp/company';
import { stockInAll } from '#erp/inventory/stock-in-all';
import { listPeriods } from '#erp/ledger/closing';
import { accountBalances, monthlyRevenue } from '#erp/ledger/reports';
import { owedInAll } from '#erp/open-items';
import { paymentRunsToDecide } from '#erp/payables';
import { workInHand } from '#erp/production';
import { changeOrdersToDecide } from '#erp/projects';
import { outstanding } from '#erp/purchasing/outstanding';
import { dunningRunsToDecide } from '#erp/receivables/dunning';
import { orderBacklog } from '#erp/sales';
import { currencyScale } from '#kernel';
import type { CurrencyCode } from '#kernel';
import { decimal, sumDecimals } from '#kernel/decimal';
import { addDays } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { readRoute } from './reading.ts';
import { todayOf } from './today-of.ts';

type Overview = ReplyOf<'getCompanyOverview'>;
type Wish = {
  readonly legalEntity: string;
  readonly on: LocalDate;
  readonly until: LocalDate;
  readonly currency: CurrencyCode;
};
type Part = Omit<Partial<Overview>, 'decisions'> & { readonly decisions?: Overview['decisions'] };

const SOON_DAYS = 7;
const CLOSING = 14; // The period that closing entries alone are posted to.
const MONTHS = 13; // One more than a year: a month is seen beside the same one a year ago.

/** What each permission lets its holder see of the company. */
const PARTS: readonly (readonly [Permission, (handle: Handle, wish: Wish) => Promise<Part>])[] = [
  [
    'sales:read',
    async (handle, wish) => {
      const scale = currencyScale(wish.currency);
      const { onHold, ...sales } = await orderBacklog(handle, { ...wish, scale });
      return { sales, decisions: { ordersOnHold: onHold } };
    },
  ],
  [
    'purchasing:read',
    async (handle, wish) => {
      const scale = currencyScale(wish.currency);
      const { toApprove, requisitionsToDecide, ...purchasing } = await outstanding(handle, {
        ...wish,
        scale,
      });
      const decisions = { purchaseOrders: toApprove, requisitions: requisitionsToDecide };
      return { purchasing, decisions };
    },
  ],
  [
    'receivables:read',
    async (handle, wish) => {
      const [receivables, dunningRuns] = await Promise.all([
        owedInAll(handle, { ...wish, side: 'receivable' }),
        dunningRunsToDecide(handle, wish.legalEntity),
      ]);
      return { receivables, decisions: { dunningRuns } };
    },
  ],
  [
    'payables:read',
    async (handle, wish) => {
      const [payables, paymentRuns] = await Promise.all([
        owedInAll(handle, { ...wish, side: 'payable' }),
        paymentRunsToDecide(handle, wish.legalEntity),
      ]);
      return { payables, decisions: { paymentRuns } };
    },
  ],
  ['stock:read', async (handle, wish) => ({ stock: await stockInAll(handle, wish.legalEntity) })],
  ['production:read', async (handle, wish) => ({ production: await workInHand(handle, wish) })],
  [
    'projects:read',
    async (handle, { legalEntity }) => ({
      decisions: { changeOrders: await changeOrdersToDecide(handle, legalEntity) },
    }),
  ],
  ['banking:read', async (handle, wish) => ({ cash: await cashOf(handle, wish) })],
  ['ledger:read', monthsOf],
];

/** What our accounts at banks hold by the books, in company currency. */
async function cashOf(handle: Handle, wish: Wish): Promise<Overview['cash'] & object> {
  const { legalEntity, on } = wish;
  const own = await listOwnAccounts(handle, legalEntity);
  const accounts = own.map(({ ledgerAccount }) => ledgerAccount);
  const balances = await accountBalances(handle, { legalEntity, on, accounts });
  const zero = decimal('0');
  const held = accounts.map((account) => balances.get(account) ?? zero);
  return { accounts: accounts.length, balance: sumDecimals([zero, ...held]) };
}

/** What was earned month by month, and which months are over and not closed. */
async function monthsOf(handle: Handle, wish: Wish): Promise<Part> {
  const { legalEntity, on } = wish;
  const [months, periods] = await Promise.all([
    monthlyRevenue(handle, { legalEntity, on, months: MONTHS }),
    listPeriods(handle, { legalEntity }),
  ]);
  const open = periods.filter(
    ({ status, toOn, period }) => status !== 'closed' && toOn < on && period !== CLOSING,
  );
  const [first] = open.toSorted((a, b) => (a.toOn < b.toOn ? -1 : 1));
  const unclosed =
    first === undefined
      ? { periods: 0 }
      : { periods: open.length, first: `${first.period} / ${first.fiscalYear}` };
  return { months, unclosed };
}

/** Shows a company as a whole. */
export const getCompanyOverview = readRoute({
  name: 'getCompanyOverview',
  summary: 'Shows how a company stands: orders, what is owed, stock, cash, revenue, decisions.',
  permission: 'company:read',
  errors: ['api.no-such-record'],
  handle: async ({ params: { entity }, principal }, { database: { kysely }, clock }) => {
    const on = await todayOf(kysely, clock, entity);
    const currency = await companyCurrencyOf(kysely, entity);
    const wish = { legalEntity: entity, on, until: addDays(on, SOON_DAYS), currency };
    const parts = await Promise.all(
      PARTS.filter(([permission]) => allows(principal.role, permission)).map(([, read]) =>
        read(kysely, wish),
      ),
    );
    const decisions = parts.reduce<Overview['decisions']>(
      (all, part) => ({ ...all, ...part.decisions }),
      {},
    );
    const begun: Overview = { on, until: wish.until, currency, decisions };
    return parts.reduce<Overview>((all, part) => ({ ...all, ...part, decisions }), begun);
  },
});
