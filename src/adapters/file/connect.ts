import type { RowAdapter } from '#adapter-kit';
import { systemClock } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { arrivalsIn } from './arrivals.ts';
import { capabilitiesOf } from './capabilities.ts';
import { checkConnection } from './check-connection.ts';
import { fileError } from './errors.ts';
import type { FolderSource } from './folder/folder.ts';
import { readPages } from './formats.ts';
import type { FileLayout } from './layout.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { FileLimits } from './limits.ts';
import { surveyEntities } from './survey.ts';
import type { Lookout } from './survey.ts';
import { openOutbound } from './outbound/writer.ts';

/** Where the files are and how to take them. */
export type FileSettings = {
  readonly folder: FolderSource; // Nothing outside it is ever opened.
  readonly layout: FileLayout;
  readonly stabilityMs?: number; // How long a file without manifest must be at rest. 2,000.
  readonly clock?: Clock;
  readonly limits?: Partial<FileLimits>;
  readonly lookEveryMs?: number; // To notice what arrives. Absent: nobody asks.
};

/** Connects a folder of files: one file an entity, and files that go out. */
export function connectFile(settings: FileSettings): RowAdapter {
  const { layout, folder: source, lookEveryMs } = settings;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const { stabilityMs = 2000, clock = systemClock } = settings;
  const lookout = (stop: AbortSignal): Lookout => {
    const { shown, sharesClock } = source;
    return { shown, sharesClock, limits, stabilityMs, clock, stop };
  };
  const outbound =
    layout.outbound === undefined
      ? undefined
      : openOutbound({ source, layout: layout.outbound, stabilityMs, context: { limits, clock } });
  return {
    name: 'file',
    capabilities: capabilitiesOf(layout),
    ...(outbound === undefined ? {} : { writer: outbound.writer }),
    ...(lookEveryMs === undefined ? {} : { arrivals: arrivalsIn(source, layout, lookEveryMs) }),
    test: async (stop) => await checkConnection(source, lookout(stop), layout, outbound),

    async survey(stop) {
      stop.throwIfAborted();
      const folder = await source.open(stop);
      try {
        return await surveyEntities(folder, lookout(stop), layout);
      } finally {
        await folder.close();
      }
    },

    async *read(entity, after, stop) {
      const one = layout.entities[entity];
      if (one === undefined) {
        throw fileError('not-found', 'file.unknown-entity', `reading '${entity}'`, {
          remedy: `The layout knows: ${Object.keys(layout.entities).join(', ')}.`,
        });
      }
      stop.throwIfAborted();
      const folder = await source.open(stop);
      try {
        const file = await folder.open(one.file);
        if (file === undefined) {
          throw fileError('not-found', 'file.not-readable', `opening ${one.file}`, {
            remedy: `The file is not in ${source.shown}. Survey before reading.`,
          });
        }
        try {
          for await (const page of readPages(file, one, { limits, clock, stop }, after)) {
            yield page;
            stop.throwIfAborted();
          }
        } finally {
          await file.close();
        }
      } finally {
        await folder.close();
      }
    },
  };
}
