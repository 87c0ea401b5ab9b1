/** Eight users at work at once, until so much is done; the laws are looked at now and then. */
import { openDatabase, rows, sql } from '#database';
import type { Database, Handle } from '#database';
import { describeError, drawsOf } from '#kernel';
import type { Draw } from '#kernel';
import { systemClock } from '#kernel/time';
import { buying } from './buy.ts';
import { charging } from './charge.ts';
import { governing, monthsStillStand } from './govern.ts';
import { keeping } from './keep.ts';
import { countRows, keepLaws, takePrints } from './laws.ts';
import { making } from './make.ts';
import type { Operation, User } from './operation.ts';
import { selling } from './sell.ts';
import { paying } from './pay.ts';
import { Tally } from './tally.ts';
import { World } from './world.ts';
import type { Founded } from './world.ts';

const USERS = 8;
/** After how many operations the laws are looked at. */
export const LOOK_EVERY = 50_000;
const TELL_EVERY = 10_000;
const MADE_ROWS = ['erp_parties.party', 'erp_items.item', 'erp_inventory.document'] as const; // The founding made some of them.

type Wish = {
  readonly operations: number; // Of all, with those of earlier sittings.
  readonly seed: number;
  readonly tell: (line: string) => void;
};

/** What was done, and the question whether all laws hold. */
export type Done = { readonly tally: Tally; readonly look: (handle: Handle) => Promise<void> };

/** What users know of the company, what they have done, and what was there before them. */
export type Standing = {
  readonly world: World;
  readonly tally: Tally;
  readonly before: ReadonlyMap<string, number>;
};

/** Where they stand who have not begun. */
export async function beginWork(
  database: Database,
  founded: Founded,
  wanted: number,
): Promise<Standing> {
  await takePrints(database.kysely);
  const before = await countRows(database.kysely, MADE_ROWS);
  return { world: new World(founded, wanted), tally: new Tally(), before };
}

/** Lets them work. Fails at the first exception, and when a law is broken. */
export async function workTogether(
  database: Database,
  { world, tally, before }: Standing,
  { operations, seed, tell }: Wish,
): Promise<Done> {
  world.done = () => tally.done;
  const all = [
    ...selling(world),
    ...charging(world),
    ...buying(world),
    ...paying(world),
    ...keeping(world),
    ...making(world),
    ...governing(world),
  ];
  const look = async (handle: Handle): Promise<void> => {
    await keepLaws(handle, { before, tally });
    await monthsStillStand(handle, world);
  };
  const users = await Promise.all(
    Array.from({ length: USERS }, (_, at) => openUser(database.url, seed + tally.done, at)),
  );
  try {
    for (let until = tally.done; until < operations; ) {
      until = Math.min(operations, until + LOOK_EVERY);
      const progress = teller(tally, tell);
      await Promise.all(users.map((user) => work(user, all, { tally, until, progress, seed })));
      const began = performance.now();
      await rows(database.kysely, sql`analyze`); // So that the questions are asked wisely.
      await look(database.kysely);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      tell(
        `${tally.told()}\n\nAll laws hold after ${tally.done} operations, looked at in ${seconds} s.`,
      );
    }
  } finally {
    await Promise.all(users.map((user) => user.database.close()));
  }
  return { tally, look };
}

async function openUser(url: string, seed: number, at: number): Promise<User> {
  const name = `user ${at + 1}`;
  return {
    name,
    context: { clock: systemClock, by: name, legalEntity: 'DE01' },
    draw: drawsOf(seed, name),
    database: await openDatabase({ url, poolSizeMax: 2 }), // Two: some requests come twice at once.
  };
}

function teller(tally: Tally, tell: (line: string) => void): () => void {
  let next = (Math.floor(tally.done / TELL_EVERY) + 1) * TELL_EVERY;
  return () => {
    if (tally.done < next) return;
    next += TELL_EVERY;
    const { accepted, refused } = tally.share;
    tell(
      `${new Date().toISOString()} ${tally.done} done: ${accepted} accepted, ${refused} refused`,
    );
  };
}

type Shift = {
  readonly tally: Tally;
  readonly until: number;
  readonly progress: () => void;
  readonly seed: number;
};

/** Does one thing after the other until enough is done. */
async function work(
  user: User,
  all: readonly Operation[],
  { tally, until, progress, seed }: Shift,
): Promise<void> {
  while (tally.done < until) {
    const operation = drawn(user.draw, all);
    try {
      await operation.take(user, howMany(user.draw), tally);
    } catch (error) {
      const at = `seed ${seed}, ${user.name}, ${operation.name}, after ${tally.done}`;
      throw new Error(`${at}: ${describeError(error)}`, { cause: error });
    }
    progress();
  }
}

function drawn(draw: Draw, all: readonly Operation[]): Operation {
  const sum = all.reduce((total, { share }) => total + share, 0);
  let left = draw.between(1, sum);
  for (const operation of all) {
    left -= operation.share;
    if (left <= 0) return operation;
  }
  return draw.pick(all);
}

/** Mostly one, now and then a handful, sometimes as many as a file brings. */
function howMany(draw: Draw): number {
  const kind = draw.between(1, 100);
  if (kind <= 45) return 1;
  return kind <= 80 ? draw.between(2, 8) : draw.between(9, 30);
}
