import { openDatabase, transact } from '#database';
import type { Database, Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { addDays, daysBetween, instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, LocalDate } from '#kernel/time';
import { found } from './book/found.ts';
import { countRefused, keepRates, noonOf } from './book/memory.ts';
import {
  countTruth,
  forgetAhead,
  keepCompany,
  keepProgress,
  keepTruth,
  readAhead,
  readCompany,
} from './company-state.ts';
import type { Ahead, CompanyState } from './company-state.ts';
import { countDocuments, forgetDocuments } from './documents.ts';
import { openEntityWriter } from './entity-writer.ts';
import type { EntityWriter } from './entity-writer.ts';
import { livingError } from './errors.ts';
import { companyHere } from './recall.ts';
import { ENTITIES } from './world/plan.ts';
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
type How = {
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
export async function writeHistory(deps: Deps, wish: Wish & How): Promise<History> {
  await foundCompany(deps, wish);
  return goOnWriting(deps.database, wish);
}

/**
 * Writes the history of the company that was founded here, from where it stands. A month of a legal
 * entity is one transaction, with how far that is: broken off anywhere, also by a kill, it is gone on
 * with and comes out the same. Stopped, it stops at the end of a month. Fails with
 * `living-company.none` and `living-company.other-world`, and with `living-company.unfinished` when it
 * cannot be gone on with.
 */
export async function goOnWriting(database: Database, how: How = {}): Promise<History> {
  const company = await companyHere(database.kysely);
  const { wantedUntil: until } = company;
  if (until === null) throw tooOld();
  const ahead = await readAhead(database.kysely);
  // By keys: as years go by, what was planned for the few rows of the first would go through all of them.
  const own = await openDatabase({ url: database.url, poolSizeMax: ENTITIES.length, byKeys: true });
  try {
    const writers = await openWriters(own);
    return await writeMonths({ database, company, until, writers }, ahead, how);
  } finally {
    await own.close();
  }
}

type Writers = ReadonlyMap<string, EntityWriter>;

/** One for each legal entity. */
async function openWriters(database: Database): Promise<Writers> {
  const writers = new Map<string, EntityWriter>();
  for (const { code } of ENTITIES) writers.set(code, await openEntityWriter(database, code));
  return writers;
}

type Writing = {
  readonly database: Database;
  readonly company: CompanyState;
  readonly until: LocalDate;
  readonly writers: Writers;
};

async function writeMonths(
  { database, company, until, writers }: Writing,
  before: readonly Ahead[],
  { signal, tell }: How,
): Promise<History> {
  const { startedOn, size, seed } = company;
  const world = openWorld({ size, seed, startedOn }, []); // For its exchange rates.
  let last = company.livedUntil ?? addDays(startedOn, -1);
  for (let left = daysBetween(startedOn, last) + 1; left > 0; left -= 1) world.live();
  const expected = daysBetween(startedOn, until) + 1;
  const refused = new Map(Object.entries(company.refused));
  let documents = await countDocuments(database.kysely);
  let ahead = before;
  while (last < until) {
    if (ahead.length === 0) signal?.throwIfAborted();
    const days = liveMonth(world, until);
    last = days.at(-1)?.on ?? until;
    await transact(database, (tx) => keepRates(tx, days));
    const booked = await bookMonth(writers, ahead, last);
    for (const each of booked) countRefused({ refused }, Object.entries(each.refused));
    documents = await comeUp(database, booked, { last, refused, isWhole: last === until });
    ahead = [];
    tell?.({ what: last.slice(0, 7), done: daysBetween(startedOn, last) + 1, expected });
  }
  return {
    from: startedOn,
    until,
    documents,
    oddities: await countTruth(database.kysely),
    refused: Object.fromEntries(refused),
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

/** Books a month of all legal entities side by side; some may have been booked before. */
async function bookMonth(
  writers: Writers,
  ahead: readonly Ahead[],
  last: LocalDate,
): Promise<readonly Ahead[]> {
  const before = new Map(ahead.map((each) => [each.entity, each]));
  const booked = await Promise.allSettled(
    [...writers].map(async ([entity, writer]) => before.get(entity) ?? (await writer.book(last))),
  );
  return booked.map((one) => {
    if (one.status === 'rejected') throw one.reason; // No other is under way any more.
    return one.value;
  });
}

/** The company has lived as far as all its legal entities have. Answers how many documents they made. */
async function comeUp(
  database: Database,
  booked: readonly Ahead[],
  of: {
    readonly last: LocalDate;
    readonly refused: ReadonlyMap<string, number>;
    readonly isWhole: boolean;
  },
): Promise<number> {
  const { last, refused, isWhole } = of;
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
      refused: Object.fromEntries(refused),
    });
    const documents = await countDocuments(tx);
    if (isWhole) await forgetDocuments(tx, last);
    return documents;
  });
}
