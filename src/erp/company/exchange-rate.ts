import { insertRows, memory, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { parseCurrency } from '#kernel';
import type { CurrencyCode } from '#kernel';
import {
  compareDecimals,
  decimal,
  divideDecimals,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
} from '#kernel/decimal';
import type { Decimal } from '#kernel/decimal';
import type { LocalDate } from '#kernel/time';
import type { CompanyProblemCode } from './errors.ts';
import { accept, refuse } from './result.ts';
import type { Refusal, Result } from './result.ts';

/** Spot: of a day's market. Month-end: to revalue by. Average: of a month. Budget: to plan by. */
export type RateType = 'spot' | 'month-end' | 'average' | 'budget';

/** Units of `to` for one unit of `from`, from `validOn` until the next. */
export type ExchangeRate = {
  readonly from: string;
  readonly to: string;
  readonly type: RateType;
  readonly validOn: LocalDate;
  readonly rate: Decimal;
};

/** A rate that is looked for: the newest at or before `on`. */
export type RateWish = {
  readonly from: string;
  readonly to: string;
  readonly type?: RateType; // Else spot.
  readonly on: LocalDate;
};

/** A rate that was found, its day, and by way of which currency. */
export type FoundRate = {
  readonly rate: Decimal;
  readonly validOn: LocalDate; // The older one when two were multiplied.
  readonly via?: CurrencyCode;
};

type Leg = { readonly rate: Decimal; readonly validOn: LocalDate };

const ONE = decimal('1');
const PIVOTS = ['EUR', 'USD'].flatMap((code) => parseCurrency(code) ?? []);
const RATE_SCALE = 10; // Of rates that are computed.
const COLUMNS = {
  from_currency: 'text',
  to_currency: 'text',
  type: 'text',
  valid_on: 'date',
  rate: 'numeric',
} as const;

const remembered = memory<FoundRate>();

/** Keeps rates; one that is there for the same day and type is replaced. */
export async function setExchangeRates(
  tx: Handle,
  rates: readonly ExchangeRate[],
): Promise<Result<undefined, CompanyProblemCode>[]> {
  const refusals = rates.map(problemOf);
  const good = new Map(
    rates
      .filter((_, at) => refusals[at] === undefined)
      .map((rate) => [`${rate.from} ${rate.to} ${rate.type} ${rate.validOn}`, rate]),
  );
  const values = [...good.values()].map(({ from, to, type, validOn, rate }) => ({
    from_currency: from,
    to_currency: to,
    type,
    valid_on: validOn,
    rate,
  }));
  await rows(
    tx,
    sql`delete from erp_company.exchange_rate r using ${unnested('n', COLUMNS, values)}
      where r.from_currency = n.from_currency and r.to_currency = n.to_currency
        and r.type = n.type and r.valid_on = n.valid_on`,
  );
  await insertRows(tx, 'erp_company.exchange_rate', COLUMNS, values);
  remembered.forget(tx);
  return refusals.map((refusal) => refusal ?? accept(undefined));
}

/** The rate for one wish. Undefined: none is known, neither direct nor by way of euro or dollar. */
export async function rateOn(handle: Handle, wish: RateWish): Promise<FoundRate | undefined> {
  const [found] = await ratesOn(handle, [wish]);
  return found;
}

/** The rates for many wishes, in their order. A transaction looks once. */
export async function ratesOn(
  handle: Handle,
  wishes: readonly RateWish[],
): Promise<(FoundRate | undefined)[]> {
  const byKey = new Map(
    wishes.flatMap((wish) => (wish.from === wish.to ? [] : [[keyOf(wish), wish] as const])),
  );
  const found = await remembered.readMany(handle, [...byKey.keys()], async (keys) => {
    const asked = keys.flatMap((key) => byKey.get(key) ?? []);
    const legs = await readLegs(handle, asked);
    return new Map(
      asked.flatMap((wish) => {
        const rate = findRate(legs, wish);
        return rate === undefined ? [] : [[keyOf(wish), rate] as const];
      }),
    );
  });
  return wishes.map((wish) =>
    wish.from === wish.to ? { rate: ONE, validOn: wish.on } : found.get(keyOf(wish)),
  );
}

const keyOf = ({ from, to, on, type = 'spot' }: RateWish): string => `${from} ${to} ${type} ${on}`;

/** Every rate between two currencies, the newest first. */
export const listExchangeRates = (
  handle: Handle,
  filter: { readonly from?: string; readonly to?: string; readonly limit: number },
): Promise<ExchangeRate[]> =>
  rows<ExchangeRate>(
    handle,
    sql`select from_currency as from, to_currency as to, type, valid_on as "validOn",
        rate::text as rate
      from erp_company.exchange_rate
      where (${filter.from ?? null}::text is null or from_currency = ${filter.from ?? null})
        and (${filter.to ?? null}::text is null or to_currency = ${filter.to ?? null})
      order by valid_on desc, from_currency, to_currency, type limit ${filter.limit}`,
  );

/** The newest rate at or before each day asked for, of every pair of the currencies concerned. */
async function readLegs(
  handle: Handle,
  wishes: readonly RateWish[],
): Promise<ReadonlyMap<string, Leg>> {
  const currencies = [...new Set([...PIVOTS, ...wishes.flatMap(({ from, to }) => [from, to])])];
  const days = [...new Map(wishes.map(({ on, type = 'spot' }) => [`${type} ${on}`, { on, type }]))];
  const asked = unnested(
    'asked',
    { type: 'text', day: 'date' },
    days.map(([, { on, type }]) => ({ type, day: on })),
  );
  const found = await rows<{
    from: string;
    to: string;
    type: string;
    day: LocalDate;
    rate: Decimal;
    validOn: LocalDate;
  }>(
    handle,
    sql`with pair as (
        select distinct from_currency, to_currency from erp_company.exchange_rate
        where from_currency = any(${currencies}) and to_currency = any(${currencies}))
      select pair.from_currency as from, pair.to_currency as to, asked.type, asked.day,
        r.rate::text as rate, r.valid_on as "validOn"
      from ${asked} cross join pair cross join lateral (
        select rate, valid_on from erp_company.exchange_rate r
        where r.from_currency = pair.from_currency and r.to_currency = pair.to_currency
          and r.type = asked.type and r.valid_on <= asked.day
        order by valid_on desc limit 1) r`,
  );
  return new Map(
    found.map(({ from, to, type, day, rate, validOn }) => [
      `${from} ${to} ${type} ${day}`,
      { rate, validOn },
    ]),
  );
}

function findRate(legs: ReadonlyMap<string, Leg>, wish: RateWish): FoundRate | undefined {
  const { from, to, on, type = 'spot' } = wish;
  const leg = (one: string, other: string): Leg | undefined => {
    const direct = legs.get(`${one} ${other} ${type} ${on}`);
    if (direct !== undefined) return direct;
    const back = legs.get(`${other} ${one} ${type} ${on}`);
    const rate = back === undefined ? undefined : divideDecimals(ONE, back.rate, RATE_SCALE);
    return back === undefined || rate === undefined ? undefined : { ...back, rate };
  };
  const direct = leg(from, to);
  if (direct !== undefined) return direct;
  for (const via of PIVOTS.filter((pivot) => pivot !== from && pivot !== to)) {
    const [first, second] = [leg(from, via), leg(via, to)];
    if (first !== undefined && second !== undefined) {
      const rate = roundDecimal(multiplyDecimals(first.rate, second.rate), RATE_SCALE);
      const validOn = first.validOn < second.validOn ? first.validOn : second.validOn;
      return { rate, validOn, via };
    }
  }
  return undefined;
}

function problemOf({ from, to, rate }: ExchangeRate): Refusal<CompanyProblemCode> | undefined {
  const number = parseDecimal(rate);
  if (parseCurrency(from) === undefined) return refuse('company.bad-rate', 'no currency', 'from');
  if (parseCurrency(to) === undefined || to === from) {
    return refuse('company.bad-rate', 'no currency, or the same', 'to');
  }
  return number === undefined || compareDecimals(number, decimal('0')) <= 0
    ? refuse('company.bad-rate', 'a rate is above zero', 'rate')
    : undefined;
}
