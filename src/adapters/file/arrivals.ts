import type { Arrivals } from '#adapter-kit';
import type { FolderSource } from './folder/folder.ts';
import type { FileLayout } from './layout.ts';

/** Tells when the files of a layout come or change: by looking, and where it can by watching. */
export function arrivalsIn(source: FolderSource, layout: FileLayout, everyMs: number): Arrivals {
  const files = Object.values(layout.entities).flatMap(({ file, manifest }) =>
    manifest === undefined ? [file] : [file, manifest],
  );
  const names = [...new Set(files)];
  return {
    everyMs,
    async look(stop) {
      const folder = await source.open(stop);
      try {
        const looks: string[] = [];
        for (const name of names) {
          stop.throwIfAborted();
          looks.push(`${name} ${(await folder.look(name))?.edition ?? 'is not there'}`);
        }
        return looks.join('\n');
      } finally {
        await folder.close();
      }
    },
    ...(source.watch === undefined ? {} : { watch: source.watch }),
  };
}
