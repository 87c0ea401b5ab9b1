import { transact } from '#database';
import type { Database, Handle } from '#database';
import { setExchangeRates } from '#erp/company';
import type { ErpContext } from '#erp/company';
import { decimalOf } from '#kernel/decimal';
import { addDays, daysBetween, instantOf, millisecondsOf, parseInstant } from '#kernel/time';
import type { Clock, Instant, LocalDate } from '#kernel/time';
import { assert } from '#kernel';
import { bookDays } from './book/book-days.ts';
import type { Desk, Noted } from './book/desk.ts';
import { found } from './book/found.ts';
import type { Names } from './book/names.ts';
import { truthLine } from './book/truth.ts';
import {
  keepCompany,
  keepDocuments,
  keepProgress,
  keepTruth,
  readCompany,
} from './company-state.ts';
import type { Documents } from './company-state.ts';
import { livingError } from './errors.ts';
import type { Label } from './world/intent.ts';
import type { Plan } from './world/plan.ts';
import { openWorld } from './world/world.ts';
import type { LivedDay, World } from './world/world.ts';

/** What somebody is told of a company while it is written. */
export type HistoryProgress = {
  readonly what: string; // The month that is done.
  readonly done: number; // Days.
  readonly expected: number;
};

/** What came of writing a company's history. */
export type History = {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly documents: number;
  readonly oddities: number;
  readonly refused: Readonly<Record<string, number>>;
};

type Deps = { readonly database: Database; readonly clock: Clock };
type Wish = {
  readonly plan: Plan;
  readonly until: LocalDate; // The last day.
  readonly by: string;
  readonly signal?: AbortSignal;
  readonly tell?: (progress: HistoryProgress) => void;
};

/** What is kept in mind while days are booked. */
export type Memory = {
  readonly names: Names;
  readonly documents: Documents;
  readonly refused: Map<string, number>;
  oddities: number;
};

/**
 * Founds a company and writes its history in the ERP, month by month: each legal entity's month is
 * one transaction. Stopped, it rests where it is and can be continued. Fails with
 * `living-company.books-exist` where a company is, or one of its legal entities.
 */
export async function writeHistory({ database, clock }: Deps, wish: Wish): Promise<History> {
  const { plan, until, by, signal, tell } = wish;
  if ((await readCompany(database.kysely)) !== undefined) {
    throw livingError('conflict', 'living-company.books-exist', 'founding a company', {
      remedy: 'One lives here already. Another one needs a data folder of its own.',
    });
  }
  const world = openWorld(plan);
  const names = await transact(database, async (tx) => {
    const at = noonOf(plan.startedOn);
    const contextOf = (legalEntity: string): ErpContext => ({ clock: () => at, by, legalEntity });
    const ids = await found(tx, contextOf, plan, world);
    await keepCompany(tx, plan, ids, { by, at: clock() });
    return ids;
  });
  const memory: Memory = { names, documents: new Map(), refused: new Map(), oddities: 0 };
  const expected = daysBetween(plan.startedOn, until) + 1;
  let last = addDays(plan.startedOn, -1);
  for (let done = 0; done < expected; ) {
    if (signal?.aborted === true) break;
    const days = liveMonth(world, until);
    await bookTogether(database, world, memory, days);
    done += days.length;
    last = days.at(-1)?.on ?? last;
    tell?.({ what: last.slice(0, 7), done, expected });
  }
  const refused = Object.fromEntries(memory.refused);
  await transact(database, async (tx) => {
    await keepDocuments(tx, memory.documents, last);
    await keepProgress(tx, { livedUntil: last, livedMinute: 0, status: 'resting', refused });
  });
  signal?.throwIfAborted();
  const documents = [...memory.documents.values()].reduce((sum, { size }) => sum + size, 0);
  return { from: plan.startedOn, until: last, documents, oddities: memory.oddities, refused };
}

/** The next days up to the end of a month, or to the last day wanted. */
function liveMonth(world: World, until: LocalDate): readonly LivedDay[] {
  const days: LivedDay[] = [];
  for (;;) {
    const day = world.live();
    days.push(day);
    const isLast = day.on === until || addDays(day.on, 1).endsWith('-01');
    if (isLast) return days;
  }
}

/** Books days of all legal entities, each in a transaction of its own, side by side. */
async function bookTogether(
  database: Database,
  world: World,
  memory: Memory,
  days: readonly LivedDay[],
): Promise<void> {
  await transact(database, (tx) => keepRates(tx, days));
  const booked = await Promise.all(
    world.catalogue.trades.map((trade) =>
      transact(database, async (tx) => {
        const desk = openDesk(tx, world, memory, { trade, days });
        await bookDays(desk, daysOf(days, trade.entity.code));
        return desk;
      }),
    ),
  );
  for (const desk of booked) remember(memory, desk);
  const lines = booked.flatMap((desk) =>
    tellTruth(memory, desk, labelsOf(days, desk.trade.entity.code)),
  );
  memory.oddities += lines.length;
  await transact(database, (tx) => keepTruth(tx, lines));
}

/** Opens a desk for days of a legal entity; what is booked there happened at noon of the last. */
export function openDesk(
  tx: Handle,
  world: World,
  memory: Memory,
  of: { readonly trade: Desk['trade']; readonly days: readonly { readonly on: LocalDate }[] },
): Desk {
  const { code } = of.trade.entity;
  const last = of.days.at(-1);
  assert(last !== undefined, 'there is a day to book');
  const at = noonOf(last.on);
  return {
    tx,
    context: { clock: () => at, by: 'erp', legalEntity: code },
    trade: of.trade,
    catalogue: world.catalogue,
    names: memory.names,
    before: memory.documents.get(code) ?? new Map<string, Noted>(),
    noted: new Map(),
    refused: new Map(),
  };
}

/** Remembers what was booked at a desk, once it is sure. */
export function remember(memory: Memory, { noted, refused, trade }: Desk): void {
  const { code } = trade.entity;
  const own = memory.documents.get(code) ?? new Map<string, Noted>();
  memory.documents.set(code, own);
  for (const [key, document] of noted) own.set(key, document);
  for (const [why, count] of refused) {
    memory.refused.set(why, (memory.refused.get(why) ?? 0) + count);
  }
}

/** Labels as lines of the truth file. */
export const tellTruth = (
  { documents }: Memory,
  { trade }: Desk,
  labels: readonly Label[],
): readonly string[] =>
  labels.map((label) =>
    truthLine(trade.entity.code, label, (key) => documents.get(trade.entity.code)?.get(key)),
  );

const daysOf = (days: readonly LivedDay[], code: string): LivedDay['entities'] =>
  days.flatMap(({ entities }) => entities.filter(({ entity }) => entity === code));

const labelsOf = (days: readonly LivedDay[], code: string): readonly Label[] =>
  daysOf(days, code).flatMap(({ labels }) => labels);

/** Keeps the exchange rates of days. */
export async function keepRates(tx: Handle, days: readonly LivedDay[]): Promise<void> {
  const rates = days.flatMap((day) =>
    day.rates.map(({ currency, on, type, tenThousandths }) => ({
      from: 'EUR',
      to: currency,
      type,
      validOn: on,
      rate: decimalOf(BigInt(tenThousandths), 4),
    })),
  );
  if (rates.length > 0) await setExchangeRates(tx, rates);
}

function noonOf(on: LocalDate): Instant {
  const noon = parseInstant(`${on}T12:00:00Z`);
  assert(noon !== undefined, 'a day has a noon');
  return instantOf(millisecondsOf(noon));
}
