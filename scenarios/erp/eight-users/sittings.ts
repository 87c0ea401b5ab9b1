/** A long run in sittings: the books stay in a folder, and what the users know of them beside. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { migrate, openDatabase, rows, sql, startEmbedded } from '#database';
import type { Database } from '#database';
import { NEEDED_TABLES } from '#living-company';
import { Tally } from './tally.ts';
import { World } from './world.ts';
import type { Known } from './world.ts';
import type { Standing } from './work-together.ts';

/** A sitting: its books, and where the one before it stopped. */
export type Sitting = {
  readonly database: Database;
  readonly standing: Standing | undefined; // Undefined: nobody has begun.
  /** Keeps books and users as they stand, for another sitting. The database is another one then. */
  keep(standing: Standing): Promise<Sitting>;
  stop(): Promise<void>;
};

type Kept = Pick<Standing, 'before'> & {
  readonly known: Known;
  readonly tally: Pick<Tally, 'done' | 'byKind' | 'byCode' | 'byTable'>;
};

const NAME = /^known-(\d+)$/;
const booksAfter = (done: number): string => `after_${done}`;

/** Opens the folder where the last sitting that was kept left it; what came after is gone. */
export async function openSitting(folder: string): Promise<Sitting> {
  mkdirSync(folder, { recursive: true });
  const cluster = await startEmbedded({ folder: join(folder, 'postgres'), durable: false });
  const admin = await openDatabase({ url: cluster.url, poolSizeMax: 1 });
  const sit = async (): Promise<Sitting> => {
    const last = lastOf(folder);
    await rows(admin.kysely, sql`drop database if exists books with (force)`);
    const template = last === undefined ? 'template0' : booksAfter(last.done);
    await rows(admin.kysely, sql`create database books template ${sql.id(template)}`);
    const url = new URL(cluster.url);
    url.pathname = '/books';
    const database = await openDatabase({ url: url.href, poolSizeMax: 5 });
    await migrate(database, NEEDED_TABLES);
    return {
      database,
      standing: last?.standing,
      async keep(standing) {
        await database.close();
        const after = booksAfter(standing.tally.done);
        await rows(admin.kysely, sql`drop database if exists ${sql.id(after)}`);
        await rows(admin.kysely, sql`alter database books rename to ${sql.id(after)}`);
        write(folder, standing);
        if (last !== undefined) {
          await rows(admin.kysely, sql`drop database ${sql.id(booksAfter(last.done))}`);
          rmSync(join(folder, `known-${last.done}`));
        }
        return sit();
      },
      async stop() {
        await database.close();
        await admin.close();
        await cluster.stop();
      },
    };
  };
  return sit();
}

function lastOf(folder: string): { done: number; standing: Standing } | undefined {
  const found = readdirSync(folder).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  const done = Math.max(0, ...found.map(Number));
  const file = join(folder, `known-${done}`);
  if (!existsSync(file)) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written so below.
  const { known, tally, before } = deserialize(readFileSync(file)) as Kept;
  const standing = { world: World.of(known), tally: Object.assign(new Tally(), tally), before };
  return { done, standing };
}

function write(folder: string, { world, tally, before }: Standing): void {
  const file = join(folder, `known-${tally.done}`);
  writeFileSync(`${file}.new`, serialize({ known: world.known, tally, before }));
  renameSync(`${file}.new`, file);
}
