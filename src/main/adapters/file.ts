import { z } from 'zod';
import { connectFile, localFolder, parseFileLayout } from '#adapters/file';
import type { Registration } from './registration.ts';

const Settings = z.strictObject({ path: z.string().min(1).max(4096) });

/** A folder of delimited files. */
export const file: Registration = {
  name: 'file',
  title: 'Folder of files (CSV, TSV)',
  settings: Settings,
  secrets: [],
  mappings: ['adventureworks', 'sample'],
  connect({ settings, pack, clock }) {
    const { path } = Settings.parse(settings);
    return connectFile({
      folder: localFolder(path),
      layout: parseFileLayout('layout' in pack ? pack.layout : {}),
      clock,
    });
  },
};
