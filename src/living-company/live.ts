import { transact } from '#database';
import type { Database } from '#database';
import { addDays, localDate, millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { bookDays } from './book/book-days.ts';
import type { Desk } from './book/desk.ts';
import { keepRates, noonOf, openDesk, refusedWith, remember, tellTruth } from './book/memory.ts';
import type { Memory } from './book/memory.ts';
import { keepProgress, keepTruth } from './company-state.ts';
import { forgetDocuments, keepDocuments } from './documents.ts';
import { livingError } from './errors.ts';
import { recall } from './recall.ts';
import { minuteOf } from './world/minute.ts';
import type { LivedDay, World } from './world/world.ts';

/** A company that trades on from where it stands. */
export type Life = {
  /** Books what has happened up to now, a day at a time. Answers how many intents that were. */
  step(signal?: AbortSignal): Promise<number>;
};

type Deps = { readonly database: Database; readonly clock: Clock };
type Stand = { day: LivedDay; minute: number };
const DAY_MINUTES = 1_440;

/**
 * Takes the company up where it stands: its world is lived again up to that day. Fails with
 * `living-company.none`, `living-company.other-world` and `living-company.unfinished`.
 */
export async function openLife({ database, clock }: Deps): Promise<Life> {
  const { company, world, memory } = await recall(database.kysely);
  if (company.status === 'writing') {
    throw livingError('conflict', 'living-company.unfinished', 'taking the company up', {
      remedy: 'Its history is being written, or was broken off: `rialto simulate` goes on with it.',
    });
  }
  const stand: Stand = { day: world.live(), minute: company.livedMinute };
  return {
    async step(signal) {
      let booked = 0;
      for (;;) {
        const now = clock();
        const today = localDate(now.slice(0, 10));
        if (stand.day.on > today || signal?.aborted === true) return booked;
        const isToday = stand.day.on === today;
        const sinceMidnight = millisecondsOf(now) - millisecondsOf(noonOf(today)) + 43_200_000;
        const until = isToday ? Math.floor(sinceMidnight / 60_000) : DAY_MINUTES;
        booked += await bookMinutes({ database, clock }, world, memory, { stand, until });
        if (isToday) return booked;
        stand.day = world.live();
        stand.minute = 0;
      }
    },
  };
}

/** Books what happened of a day up to a minute, in one transaction with how far that is. */
async function bookMinutes(
  { database, clock }: Deps,
  world: World,
  memory: Memory,
  { stand, until }: { readonly stand: Stand; readonly until: number },
): Promise<number> {
  const { day, minute } = stand;
  const isWhole = until === DAY_MINUTES;
  const slices = day.entities.map(({ entity, intents }) => ({
    entity,
    intents: intents.filter((intent) => {
      const at = minuteOf(intent);
      // An earlier version of Rialto may have booked it at another minute.
      const isBooked = memory.documents.get(entity)?.has(intent.key) === true;
      return at >= minute && at < until && !isBooked;
    }),
  }));
  const count = slices.reduce((sum, { intents }) => sum + intents.length, 0);
  if (count === 0 && !isWhole) return 0;
  const desks = await transact(database, async (tx) => {
    if (minute === 0) await keepRates(tx, [day]);
    const own: Desk[] = [];
    for (const trade of world.catalogue.trades) {
      const at = isWhole ? noonOf(day.on) : clock();
      const desk = openDesk(tx, world, memory, { trade, at, isPast: isWhole });
      await bookDays(
        desk,
        slices.filter(({ entity }) => entity === trade.entity.code),
      );
      own.push(desk);
    }
    await keep(tx, memory, own, { day, until });
    return own;
  });
  for (const desk of desks) remember(memory, desk);
  stand.minute = until;
  return count;
}

/** Keeps what was booked, how far that is, and at a day's end its oddities. */
async function keep(
  tx: Desk['tx'],
  memory: Memory,
  desks: readonly Desk[],
  { day, until }: { readonly day: LivedDay; readonly until: number },
): Promise<void> {
  const isWhole = until === DAY_MINUTES;
  const noted = desks.map(({ trade, noted: own }) => [trade.entity.code, own] as const);
  await keepDocuments(tx, new Map(noted));
  await keepProgress(tx, {
    livedUntil: isWhole ? day.on : addDays(day.on, -1),
    livedMinute: isWhole ? 0 : until,
    status: 'resting',
    refused: refusedWith(memory, desks),
  });
  if (!isWhole) return;
  await forgetDocuments(tx, day.on);
  const lines = desks.flatMap((desk) => {
    const own = day.entities.find(({ entity }) => entity === desk.trade.entity.code);
    return tellTruth(desk, own?.labels ?? []);
  });
  await keepTruth(tx, lines);
}
