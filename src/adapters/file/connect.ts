import type { RowAdapter } from '#adapter-kit';
import { systemClock } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { capabilitiesOf } from './capabilities.ts';
import { checkConnection } from './check-connection.ts';
import { fileError } from './errors.ts';
import { openInside } from './folder.ts';
import type { FileLayout } from './layout.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { FileLimits } from './limits.ts';
import { readPages } from './read-pages.ts';
import { surveyEntity } from './survey.ts';

/** Where the files are and how to take them. */
export type FileSettings = {
  readonly path: string; // The folder. Nothing outside it is ever opened.
  readonly layout: FileLayout;
  readonly stabilityMs?: number; // How long a file without manifest must be at rest. 2,000.
  readonly clock?: Clock;
  readonly limits?: Partial<FileLimits>;
};

/** Connects a folder of delimited files: one file an entity. */
export function connectFile(settings: FileSettings): RowAdapter {
  const { layout, path: folder } = settings;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const { stabilityMs = 2000, clock = systemClock } = settings;
  const at = { folder, limits, stabilityMs, clock };
  return {
    name: 'file',
    capabilities: capabilitiesOf(layout),
    test: async (stop) => await checkConnection(at, layout, stop),

    async survey(stop) {
      const states = [];
      for (const [entity, one] of Object.entries(layout.entities)) {
        stop.throwIfAborted();
        states.push(await surveyEntity(at, entity, one, stop));
      }
      return states;
    },

    async *read(entity, after, stop) {
      const one = layout.entities[entity];
      if (one === undefined) {
        throw fileError('not-found', 'file.unknown-entity', `reading '${entity}'`, {
          remedy: `The layout knows: ${Object.keys(layout.entities).join(', ')}.`,
        });
      }
      const file = await openInside(folder, one.file);
      if (file === undefined) {
        throw fileError('not-found', 'file.not-readable', `opening ${one.file} in ${folder}`, {
          remedy: 'The file is not there. Survey before reading.',
        });
      }
      try {
        stop.throwIfAborted();
        for await (const page of readPages(file, one, limits, after)) {
          yield page;
          stop.throwIfAborted();
        }
      } finally {
        await file.handle.close();
      }
    },
  };
}
