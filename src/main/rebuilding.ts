import type { Rebuild } from '#api-contract';
import type { Services } from '#api';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import { lastPosition } from '#records';
import { rebuild, starHash } from '#warehouse';
import type { Following, Warehouse } from '#warehouse';
import { openKeptWork } from './kept-work.ts';
import { plain } from './plain.ts';

type Rebuilding = Pick<Services['warehouse'], 'rebuild' | 'startRebuild' | 'lastRebuild'>;

const NAME = 'warehouse';

/** Rebuilds the warehouse: for who waits, and in the background with what came of it. */
export function rebuilding(deps: {
  readonly database: Database;
  readonly warehouse: Warehouse;
  readonly following: Following;
  readonly clock: Clock;
}): Rebuilding {
  const { database, warehouse, following, clock } = deps;
  const works = openKeptWork<NonNullable<Rebuild['result']>>(deps, 'rebuild');
  const caughtUp = async (): Promise<bigint> => {
    await following.caughtUp(await lastPosition(database.kysely));
    return warehouse.position();
  };
  return {
    async rebuild() {
      await rebuild({ database, warehouse });
      return caughtUp();
    },
    async startRebuild(by) {
      const begun = works.begin(NAME, by, async ({ tell }) => {
        const [from, before] = [await caughtUp(), await starHash(warehouse)];
        const onProgress = (position: bigint, end: bigint): void =>
          tell({ what: 'changes', done: Number(position), expected: Number(end) });
        await rebuild({ database, warehouse, onProgress });
        const [until, after] = [await caughtUp(), await starHash(warehouse)];
        const tables = Object.entries(after).map(([table, hash]) => ({
          table,
          rows: Number.parseInt(hash, 10),
          same: from === until ? hash === before[table] : null,
        }));
        return { position: until.toString(), tables };
      });
      return plain(
        begun ?? (await works.last(NAME)) ?? { status: 'running', by, startedAt: clock() },
      );
    },
    async lastRebuild() {
      const last = await works.last(NAME);
      return last === undefined ? undefined : plain(last);
    },
  };
}
