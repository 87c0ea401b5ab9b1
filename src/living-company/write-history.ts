import { transact } from '#database';
import type { Database, Handle } from '#database';
import type { ErpContext } from '#erp/company';
import { assert } from '#kernel';
import { addDays, daysBetween } from '#kernel/time';
import type { Clock, LocalDate } from '#kernel/time';
import { bookDays } from './book/book-days.ts';
import { found } from './book/found.ts';
import { keepRates, noonOf, openDesk, remember, tellTruth } from './book/memory.ts';
import type { Memory } from './book/memory.ts';
import {
  keepCompany,
  keepDocuments,
  keepProgress,
  keepTruth,
  readCompany,
} from './company-state.ts';
import { livingError } from './errors.ts';
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

/** Fails with `living-company.books-exist` where a company lives already. */
export async function checkNobodyLives(handle: Handle): Promise<void> {
  if ((await readCompany(handle)) === undefined) return;
  throw livingError('conflict', 'living-company.books-exist', 'founding a company', {
    remedy: 'One lives here already. Another one needs a data folder of its own.',
  });
}

/**
 * Founds a company and writes its history in the ERP, month by month: each legal entity's month is
 * one transaction. Stopped, it rests where it is and can be continued. Fails with
 * `living-company.books-exist` where a company is, or one of its legal entities.
 */
export async function writeHistory({ database, clock }: Deps, wish: Wish): Promise<History> {
  const { plan, until, by, signal, tell } = wish;
  await checkNobodyLives(database.kysely);
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
        const desk = openDesk(tx, world, memory, { trade, at: noonOf(lastOf(days)) });
        await bookDays(desk, daysOf(days, trade.entity.code));
        return desk;
      }),
    ),
  );
  for (const desk of booked) remember(memory, desk);
  const lines = booked.flatMap((desk) =>
    tellTruth(
      desk,
      daysOf(days, desk.trade.entity.code).flatMap(({ labels }) => labels),
    ),
  );
  memory.oddities += lines.length;
  await transact(database, (tx) => keepTruth(tx, lines));
}

function lastOf(days: readonly LivedDay[]): LocalDate {
  const last = days.at(-1);
  assert(last !== undefined, 'there is a day to book');
  return last.on;
}

const daysOf = (days: readonly LivedDay[], code: string): LivedDay['entities'] =>
  days.flatMap(({ entities }) => entities.filter(({ entity }) => entity === code));
