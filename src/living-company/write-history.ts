import { transact } from '#database';
import type { Database, Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { addDays, daysBetween, instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, LocalDate } from '#kernel/time';
import { bookDays } from './book/book-days.ts';
import { found } from './book/found.ts';
import { countRefused, keepRates, noonOf, openDesk, remember, tellTruth } from './book/memory.ts';
import type { Memory } from './book/memory.ts';
import {
  countTruth,
  forgetAhead,
  keepAhead,
  keepCompany,
  keepProgress,
  keepTruth,
  readAhead,
  readCompany,
} from './company-state.ts';
import type { Ahead } from './company-state.ts';
import { countDocuments, forgetDocuments, forgetInMind, keepMonth } from './documents.ts';
import { livingError } from './errors.ts';
import { recall } from './recall.ts';
import type { Trade } from './world/catalogue.ts';
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
};
type Onlooker = {
  readonly signal?: AbortSignal | undefined;
  readonly tell?: ((progress: HistoryProgress) => void) | undefined;
};

/** Fails with `living-company.books-exist` where a company lives already. */
export async function checkNobodyLives(handle: Handle): Promise<void> {
  if ((await readCompany(handle)) === undefined) return;
  throw livingError('conflict', 'living-company.books-exist', 'founding a company', {
    remedy: 'One lives here already. Another one needs a data folder of its own.',
  });
}

/**
 * Founds a company whose history is to be written. Fails with `living-company.books-exist` where a
 * company is, or one of its legal entities.
 */
export async function foundCompany({ database, clock }: Deps, wish: Wish): Promise<void> {
  const { plan, until, by } = wish;
  await checkNobodyLives(database.kysely);
  const world = openWorld(plan);
  const began = millisecondsOf(noonOf(plan.startedOn));
  const codes = world.catalogue.trades.map(({ entity }) => entity.code);
  const contextOf = (legalEntity: string): ErpContext => {
    const at = instantOf(began + codes.indexOf(legalEntity)); // One after the other, as they are listed.
    return { clock: () => at, by, legalEntity };
  };
  await transact(database, async (tx) => {
    const names = await found(tx, contextOf, plan, world);
    await keepCompany(tx, plan, names, { until, by, at: clock() });
  });
}

/** Founds a company and writes its history. */
export async function writeHistory(deps: Deps, wish: Wish & Onlooker): Promise<History> {
  await foundCompany(deps, wish);
  return goOnWriting(deps.database, wish);
}

/**
 * Writes the history of the company that was founded here, from where it stands. A month of a legal
 * entity is one transaction, with how far that is: broken off anywhere, also by a kill, it is gone on
 * with and comes out the same. Stopped, it stops at the end of a month. Fails with
 * `living-company.none`, and with `living-company.unfinished` when it cannot be gone on with.
 */
export async function goOnWriting(
  database: Database,
  { signal, tell }: Onlooker = {},
): Promise<History> {
  const { company, world, memory } = await recall(database.kysely);
  const { startedOn, wantedUntil: until } = company;
  if (until === null) throw tooOld();
  const expected = daysBetween(startedOn, until) + 1;
  let ahead = await readAhead(database.kysely);
  let last = company.livedUntil ?? addDays(startedOn, -1);
  let documents = await countDocuments(database.kysely);
  while (last < until) {
    if (ahead.length === 0) signal?.throwIfAborted();
    const days = liveMonth(world, until);
    last = days.at(-1)?.on ?? until;
    await transact(database, (tx) => keepRates(tx, days));
    const booked = await bookMonth(database, { world, memory, ahead }, { days, last });
    documents = await comeUp(database, memory, booked, { last, isWhole: last === until });
    forgetInMind(memory.documents, last);
    ahead = [];
    tell?.({ what: last.slice(0, 7), done: daysBetween(startedOn, last) + 1, expected });
  }
  return {
    from: startedOn,
    until,
    documents,
    oddities: await countTruth(database.kysely),
    refused: Object.fromEntries(memory.refused),
  };
}

const tooOld = (): Error =>
  livingError('conflict', 'living-company.unfinished', 'going on with its history', {
    remedy: 'An earlier version broke it off, and kept too little. Use an empty data folder.',
  });

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

type Stand = {
  readonly world: World;
  readonly memory: Memory;
  readonly ahead: readonly Ahead[]; // Booked before it was broken off.
};
type Month = { readonly days: readonly LivedDay[]; readonly last: LocalDate };

/** Books a month of all legal entities, each in a transaction of its own, side by side. */
async function bookMonth(
  database: Database,
  { world, memory, ahead }: Stand,
  month: Month,
): Promise<readonly Ahead[]> {
  const before = new Map(ahead.map((each) => [each.entity, each]));
  const booked = await Promise.allSettled(
    world.catalogue.trades.map(async (trade) => {
      const known = before.get(trade.entity.code);
      if (known === undefined) return await bookTrade(database, world, memory, { trade, month });
      countRefused(memory, Object.entries(known.refused));
      return known;
    }),
  );
  return booked.map((one) => {
    if (one.status === 'rejected') throw one.reason; // No other is under way any more.
    return one.value;
  });
}

async function bookTrade(
  database: Database,
  world: World,
  memory: Memory,
  { trade, month: { days, last } }: { readonly trade: Trade; readonly month: Month },
): Promise<Ahead> {
  const entity = trade.entity.code;
  const own = days.flatMap(({ entities }) => entities.filter((day) => day.entity === entity));
  const { desk, ahead } = await transact(database, async (tx) => {
    const open = openDesk(tx, world, memory, { trade, at: noonOf(last), isPast: true });
    await bookDays(open, own);
    const truth = tellTruth(
      open,
      own.flatMap(({ labels }) => labels),
    );
    const refused = Object.fromEntries(open.refused);
    const done = { entity, bookedUntil: last, refused, truth };
    await keepAhead(tx, done);
    await keepMonth(tx, entity, open.noted, last);
    return { desk: open, ahead: done };
  });
  remember(memory, desk);
  return ahead;
}

/** The company has lived as far as all its legal entities have. Answers how many documents they made. */
async function comeUp(
  database: Database,
  memory: Memory,
  booked: readonly Ahead[],
  { last, isWhole }: { readonly last: LocalDate; readonly isWhole: boolean },
): Promise<number> {
  return await transact(database, async (tx) => {
    await keepTruth(
      tx,
      booked.flatMap(({ truth }) => truth),
    );
    await forgetAhead(tx);
    await keepProgress(tx, {
      livedUntil: last,
      livedMinute: 0,
      status: isWhole ? 'resting' : 'writing',
      refused: Object.fromEntries(memory.refused),
    });
    const documents = await countDocuments(tx);
    if (isWhole) await forgetDocuments(tx, last);
    return documents;
  });
}
