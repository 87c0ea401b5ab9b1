import type { Services } from '#api';
import type { Database } from '#database';
import type { Clock } from '#kernel/time';
import {
  diffPacks,
  listMappingVersions,
  readMapping,
  restoreMapping,
  saveMapping,
} from '#sync/mappings';
import { loadPack } from '#sync';
import { plain } from './plain.ts';

/** Mappings and their versions, as the API shows them. */
export function mappings(database: Database, clock: Clock): Services['mappings'] {
  return {
    list: async (name) => [...(await listMappingVersions(database, name))],
    shipped: async (name) => ({ name, pack: plain(await loadPack(name)) }),
    async read(name, version) {
      const found = await readMapping(database, name, version);
      return { version: found.version, pack: plain(found.pack) };
    },
    async save(integration, author, { pack, note, basedOn }) {
      const version = await saveMapping(database, {
        integration,
        author,
        pack,
        at: clock(),
        ...(note === undefined ? {} : { note }),
        ...(basedOn === undefined ? {} : { basedOn }),
      });
      return { version };
    },
    async restore(integration, author, version) {
      const edit = { integration, author, version, at: clock() };
      return { version: await restoreMapping(database, edit) };
    },
    async compare(name, from, to) {
      const before = await readMapping(database, name, from);
      const after = await readMapping(database, name, to);
      return diffPacks(before.pack, after.pack).map((each) => plain(each));
    },
  };
}
