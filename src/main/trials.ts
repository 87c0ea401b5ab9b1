import type { DryRun } from '#sync/dry-run';
import { dryRun } from '#sync/dry-run';
import type { Services } from '#api';
import { findIntegration, parsePack } from '#sync';
import { mainError } from './errors.ts';
import { openKeptWork } from './kept-work.ts';
import type { Work } from './long-work.ts';
import { plain } from './plain.ts';
import type { SourceDeps } from './sources.ts';

type Trials = Pick<Services['sources'], 'dryRun' | 'startDryRun' | 'lastDryRun' | 'cancelDryRun'>;
type Asked = Parameters<Trials['dryRun']>[1];

/** Dry runs: for who waits, and in the background, where they can be looked at and stopped. */
export function trials(deps: Pick<SourceDeps, 'database' | 'clock' | 'adapters'>): Trials {
  const { database } = deps;
  const works = openKeptWork<DryRun>(deps, 'dry-run');
  return {
    async dryRun(name, asked) {
      return plain(await dryRun(deps, name, optionsOf(name, asked)));
    },
    async startDryRun(name, asked, by) {
      await findIntegration(database, name);
      const options = optionsOf(name, asked);
      const begun = works.begin(name, by, ({ signal, tell }) =>
        dryRun(deps, name, {
          ...options,
          signal,
          onProgress: (what, done) => tell({ what, done }),
        }),
      );
      if (begun !== undefined) return plain(begun);
      throw mainError('conflict', 'main.dry-run-running', `beginning a dry run of '${name}'`, {
        remedy: 'One is under way: wait for its end, or cancel it.',
      });
    },
    async lastDryRun(name) {
      await findIntegration(database, name);
      return shown(await works.last(name));
    },
    async cancelDryRun(name) {
      await findIntegration(database, name);
      return shown(await works.cancel(name));
    },
  };
}

const optionsOf = (name: string, { pack, documentsMax }: Asked) => ({
  ...(pack === undefined ? {} : { pack: parsePack(name, pack) }),
  ...(documentsMax === undefined ? {} : { documentsMax }),
});

const shown = (work: Work<DryRun> | undefined) => (work === undefined ? undefined : plain(work));
