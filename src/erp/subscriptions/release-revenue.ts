import { insertRows, rows, sql } from '#database';
import type { Handle } from '#database';
import { accept, bookTogether, companyCurrencyOf, refusedLate, takeNumbersOn } from '#erp/company';
import type { Booked, ErpContext, Result } from '#erp/company';
import { entryText, postEntries } from '#erp/ledger';
import type { EntryDraft, LineDraft } from '#erp/ledger';
import { currencyScale, newId, parseCurrency } from '#kernel';
import {
  compareDecimals,
  decimal,
  negateDecimal,
  subtractDecimals,
  sumDecimals,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import { millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { SubscriptionsProblemCode } from './errors.ts';
import { earnedBy } from './periods.ts';

type Code = SubscriptionsProblemCode;

/** What was released of deferred revenue in one currency. */
export type Released = {
  readonly id: string;
  readonly number: string;
  readonly currency: string;
  readonly amount: Decimal;
  readonly entry: string;
};

type Row = {
  readonly subscription: string;
  readonly charge: number;
  readonly customer: string;
  readonly currency: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
  readonly released: Decimal;
  readonly companyReleased: Decimal;
};
type Part = Pick<Row, 'subscription' | 'charge' | 'customer' | 'currency'> & {
  readonly amount: Decimal;
  readonly companyAmount: Decimal;
};

const ZERO = decimal('0');

/**
 * Brings revenue to what has been earned at the end of a day, evenly by days: what was charged in
 * advance is released. Whoever runs it again finds nothing left.
 */
export async function releaseRevenue(
  tx: Handle,
  context: ErpContext,
  wish: { readonly through: LocalDate },
): Promise<readonly Result<Released, Code>[]> {
  const parts = await earnedParts(tx, context.legalEntity, wish.through);
  const groups = [...Map.groupBy(parts, ({ currency }) => currency)];
  return await bookTogether(tx, groups, (asked) =>
    bookReleases(tx, context, { groups: asked, through: wish.through }),
  );
}

/** What has been earned and not released; the charges are locked, in the order of subscriptions. */
async function earnedParts(
  tx: Handle,
  legalEntity: string,
  through: LocalDate,
): Promise<readonly Part[]> {
  const scale = currencyScale(await companyCurrencyOf(tx, legalEntity));
  await rows(
    tx,
    sql`select 1 from erp_subscriptions.subscription where legal_entity = ${legalEntity}
      order by id for no key update`,
  );
  const found = await rows<Row>(
    tx,
    sql`select c.subscription_id as subscription, c.number as charge, s.customer, s.currency,
        c.service_from as "from", c.period_to as "to", c.amount::text as amount,
        c.company_amount::text as "companyAmount", c.released::text as released,
        c.company_released::text as "companyReleased"
      from erp_subscriptions.charge c
      join erp_subscriptions.subscription s on s.id = c.subscription_id
      where s.legal_entity = ${legalEntity} and c.released <> c.amount
        and c.service_from <= ${through}
      order by s.number, c.number`,
  );
  const parts = found.map(({ from, to, released, companyReleased, ...row }): Part => {
    const currency = parseCurrency(row.currency);
    const own = currency === undefined ? scale : currencyScale(currency);
    const earned = (amount: Decimal, at: number): Decimal =>
      earnedBy(amount, { from, to }, { through, scale: at });
    return {
      ...row,
      amount: subtractDecimals(earned(row.amount, own), released),
      companyAmount: subtractDecimals(earned(row.companyAmount, scale), companyReleased),
    };
  });
  return parts.filter(({ amount }) => compareDecimals(amount, ZERO) !== 0);
}

const RUN = {
  id: 'text',
  legal_entity: 'text',
  number: 'text',
  through: 'date',
  currency: 'text',
  amount: 'numeric',
  entry_id: 'text',
  created_by: 'text',
  created_at: 'timestamptz',
} as const;
const RELEASE = {
  run_id: 'text',
  subscription_id: 'text',
  charge: 'integer',
  amount: 'numeric',
  company_amount: 'numeric',
} as const;

async function bookReleases(
  tx: Handle,
  context: ErpContext,
  of: {
    readonly groups: readonly (readonly [string, readonly Part[]])[];
    readonly through: LocalDate;
  },
): Promise<Booked<Released, Code>> {
  const { by, clock, legalEntity } = context;
  const { groups, through } = of;
  const days = groups.map(() => through);
  const numbers = await takeNumbersOn(tx, legalEntity, 'RR', days);
  const now = clock();
  const made = groups.map(([currency, parts], at) => ({
    id: newId('rr', millisecondsOf(now)),
    number: numbers[at] ?? '',
    currency,
    parts,
    amount: sumDecimals(parts.map(({ amount }) => amount)),
  }));
  const entries = made.map((each) => entryOf(each, { legalEntity, through }));
  const posted = await postEntries(tx, context, entries);
  const late = refusedLate(posted, [...made.keys()], 'subscriptions.journal-refused');
  if (late.size > 0) return { results: [], late };
  const released = made.map(({ id, number, currency, amount }, at): Released => {
    const entry = posted[at];
    return { id, number, currency, amount, entry: entry?.ok === true ? entry.value.id : '' };
  });
  const runs = released.map(({ id, number, currency, amount, entry }) => ({
    id,
    legal_entity: legalEntity,
    number,
    through,
    currency,
    amount,
    entry_id: entry,
    created_by: by,
    created_at: now,
  }));
  await insertRows(tx, 'erp_subscriptions.release_run', RUN, runs);
  const releases = made.flatMap(({ id, parts }) =>
    parts.map(({ subscription, charge, amount, companyAmount }) => ({
      run_id: id,
      subscription_id: subscription,
      charge,
      amount,
      company_amount: companyAmount,
    })),
  );
  await insertRows(tx, 'erp_subscriptions.release', RELEASE, releases);
  return { results: released.map((each) => accept(each)), late };
}

/** Out of deferred revenue into revenue, customer by customer. */
function entryOf(
  run: {
    readonly id: string;
    readonly number: string;
    readonly currency: string;
    readonly parts: readonly Part[];
  },
  of: { readonly legalEntity: string; readonly through: LocalDate },
): EntryDraft {
  const byCustomer = Map.groupBy(run.parts, ({ customer }) => customer);
  const lines = [...byCustomer].flatMap(([party, parts]): readonly LineDraft[] => {
    const amount = sumDecimals(parts.map((each) => each.amount));
    const companyAmount = sumDecimals(parts.map((each) => each.companyAmount));
    if ([amount, companyAmount].every((each) => compareDecimals(each, ZERO) === 0)) return [];
    return [
      { posting: { key: 'deferred-revenue' }, amount, companyAmount, party },
      {
        posting: { key: 'revenue', itemGroup: 'subscription' },
        amount: negateDecimal(amount),
        companyAmount: negateDecimal(companyAmount),
        party,
      },
    ];
  });
  return {
    legalEntity: of.legalEntity,
    kind: 'deferral',
    postedOn: of.through,
    documentOn: of.through,
    currency: run.currency,
    text: entryText('subscriptions-earned', { day: of.through }),
    source: { area: 'subscriptions', kind: 'revenue-release', id: run.id, number: run.number },
    lines,
  };
}
