import { rows, sql, transact } from '#database';
import { applyPage } from '#records';
import { release } from '../quarantine.ts';
import { deletionsHeld, tooManyGone } from '../too-many-gone.ts';
import { placeIn } from './apply-batch.ts';
import type { Work } from './apply-batch.ts';
import type { Batch } from './read-pages.ts';
import { say } from '../sentences.ts';

/**
 * Deletes what no page of a complete snapshot held. False: it did not, and the run says why. What
 * the source counts, what could not be read and how much would go must all allow it.
 */
export async function sweep(work: Work, last: Pick<Batch, 'expected'>): Promise<boolean> {
  const { context, entity, state } = work;
  const { database, tally, signal } = context;
  const [counts] = await rows<{ gone: number; all: number; seen: number }>(
    database.kysely,
    sql`with seen as materialized (select distinct unnest(keys) as key from sync.pull_page
          where pull = ${state.id} and generation = ${state.generation}),
        known as materialized (select key from sync.pulled where pull = ${state.id}
          union select key from sync.pull_held where pull = ${state.id})
      select (select count(*)::integer from seen) as seen,
        (select count(*)::integer from known) as all,
        (select count(*)::integer from known left join seen using (key)
          where seen.key is null) as gone`,
  );
  const { gone = 0, all = 0, seen = 0 } = counts ?? {};
  if (last.expected !== undefined && seen < last.expected) {
    const { expected } = last;
    tally.say(say('fewer-than-counted', { what: entity.name, expected, seen }));
    return false;
  }
  if (gone === 0) return true;
  const things = { gone, all, what: entity.name, where: context.integration };
  if (state.unreadable > 0) {
    tally.say(say('gone-unreadable', things));
    return false;
  }
  if (tooManyGone(gone, all) && !context.acceptDeletions) {
    tally.say(deletionsHeld(things));
    return false;
  }
  for (let left = gone; left > 0; left -= context.pageSize) {
    signal.throwIfAborted();
    await removeSome(work);
  }
  return true;
}

async function removeSome({ context, entity, state }: Work): Promise<void> {
  await transact(context.database, async (transaction) => {
    const found = await rows<{ key: string }>(
      transaction,
      sql`with seen as materialized (select distinct unnest(keys) as key from sync.pull_page
            where pull = ${state.id} and generation = ${state.generation}),
          known as materialized (select key from sync.pulled where pull = ${state.id}
            union select key from sync.pull_held where pull = ${state.id})
        select known.key from known left join seen using (key) where seen.key is null
        order by known.key limit ${context.pageSize}`,
    );
    const keys = found.map(({ key }) => key);
    for (const mapping of entity.mappings) {
      const place = placeIn(context, mapping);
      const { integration, kind, seenAt } = place;
      const page = { integration, kind, drafts: [], removedKeys: keys, seenAt };
      const { deleted } = await applyPage(transaction, { ...page, cause: 'snapshot' });
      const released = await release(transaction, place, keys);
      context.tally.add(kind, { deleted, released });
    }
    for (const table of ['pulled', 'pull_held']) {
      await rows(
        transaction,
        sql`delete from ${sql.id('sync', table)} where pull = ${state.id} and key = any(${keys})`,
      );
    }
    await context.tally.save(transaction);
  });
}
