import type { Database } from '#database';
import { sentenceOf } from '#kernel';
import type { Json } from '#kernel';
import type { Clock } from '#kernel/time';
import { findBackgroundWork, keepBackgroundWork } from '#workflow';
import { mainError } from './errors.ts';
import { openLongWork } from './long-work.ts';
import type { LongWork, Work } from './long-work.ts';

/** Long work whose last result outlives the server. */
export type KeptWork<Result> = Omit<LongWork<Result>, 'last'> & {
  readonly last: (name: string) => Promise<Work<Result> | undefined>;
};

/** Opens the books of long work that are kept: of each name, how the last piece of it did. */
export function openKeptWork<Result>(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  kind: string,
): KeptWork<Result> {
  const keep = (name: string, work: Work<Result>): Promise<void> =>
    // What cannot be written now is still remembered until the server ends.
    keepBackgroundWork(database.kysely, { kind, name }, json(work)).catch(() => undefined);
  const works = openLongWork<Result>(clock, keep);
  return {
    begin: (name, by, doing) =>
      works.begin(name, by, async (at) => {
        await keep(name, { status: 'running', by, startedAt: clock() });
        return doing(at);
      }),
    cancel: works.cancel,
    async last(name) {
      const here = works.last(name);
      if (here !== undefined) return here;
      const kept = await findBackgroundWork(database.kysely, { kind, name });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by `keep` above.
      const work = kept as Work<Result> | undefined;
      return work?.status === 'running' ? interrupted(work) : work;
    },
  };
}

/** It was running when the server ended: nobody goes on with it. */
const interrupted = <Result>(work: Work<Result>): Work<Result> => ({
  ...work,
  status: 'failed',
  failure: sentenceOf(
    mainError('unavailable', 'main.work-interrupted', 'the server ended meanwhile', {
      remedy: 'Look whether it is done, and begin it again if not.',
    }),
  ),
});

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is printed is read as JSON.
const json = (work: Work<unknown>): Json => JSON.parse(JSON.stringify(work)) as Json;
