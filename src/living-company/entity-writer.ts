import { transact } from '#database';
import type { Database } from '#database';
import { assert } from '#kernel';
import { addDays, daysBetween } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import { bookDays } from './book/book-days.ts';
import { noonOf, openDesk, remember, tellTruth } from './book/memory.ts';
import type { Memory } from './book/memory.ts';
import { keepAhead, readAhead } from './company-state.ts';
import type { Ahead } from './company-state.ts';
import { forgetInMind, keepMonth } from './documents.ts';
import { recall } from './recall.ts';
import type { Trade } from './world/catalogue.ts';
import type { DayOf } from './world/intent.ts';
import type { World } from './world/world.ts';

/** Writes the history of one legal entity, month by month. */
export type EntityWriter = {
  /** Books the days up to one, the last of a month or of all, in a transaction with how far that is. */
  book(last: LocalDate): Promise<Ahead>;
};

/** Opens one where its legal entity stands, ahead of the company or not. */
export async function openEntityWriter(database: Database, entity: string): Promise<EntityWriter> {
  const ahead = await readAhead(database.kysely);
  const until = ahead.find((each) => each.entity === entity)?.bookedUntil;
  const { company, world, memory } = await recall(database.kysely, {
    only: entity,
    ...(until === undefined ? {} : { until }),
  });
  const trade = world.catalogue.trades.find((each) => each.entity.code === entity);
  assert(trade !== undefined, `${entity} is a legal entity of the company`);
  for (const other of memory.documents.keys()) if (other !== entity) memory.documents.delete(other);
  let lived = until ?? company.livedUntil ?? addDays(company.startedOn, -1);
  return {
    async book(last) {
      const days = liveUntil(world, daysBetween(lived, last));
      const booked = await bookMonth({ database, world, memory, trade }, days, last);
      lived = last;
      forgetInMind(memory.documents, last);
      return booked;
    },
  };
}

const liveUntil = (world: World, days: number): readonly DayOf[] =>
  Array.from({ length: days }, () => world.live().entities).flat();

type Place = {
  readonly database: Database;
  readonly world: World;
  readonly memory: Memory;
  readonly trade: Trade;
};

async function bookMonth(
  { database, world, memory, trade }: Place,
  days: readonly DayOf[],
  last: LocalDate,
): Promise<Ahead> {
  const entity = trade.entity.code;
  const { desk, ahead } = await transact(database, async (tx) => {
    const open = openDesk(tx, world, memory, { trade, at: noonOf(last), isPast: true });
    await bookDays(open, days);
    const truth = tellTruth(
      open,
      days.flatMap(({ labels }) => labels),
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
