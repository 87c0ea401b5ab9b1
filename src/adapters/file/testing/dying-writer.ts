/** Run as a process of its own: hands one order over, and dies before a given deed in the folder. */
import { argv } from 'node:process';
import { connectFile } from '../connect.ts';
import type { Folder, FolderSource } from '../folder/folder.ts';
import { localFolder } from '../folder/local.ts';
import { orderFor, ORDERS_OUT } from './other-side.ts';

const [folder = '', reference = '', dieAt = '0'] = argv.slice(2);
let deeds = 0;

/** Kills this process as `kill -9` would, before the deed is done. */
const counted =
  <Given extends (string | Buffer)[]>(deed: (...given: Given) => Promise<void>) =>
  async (...given: Given): Promise<void> => {
    deeds += 1;
    if (deeds === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
    await deed(...given);
  };

const dying = (source: FolderSource): FolderSource => ({
  ...source,
  async open(stop) {
    const open: Folder = await source.open(stop);
    return {
      ...open,
      put: counted(async (file: string, content: Buffer) => await open.put(file, content)),
      rename: counted(async (from: string, to: string) => await open.rename(from, to)),
      remove: counted(async (file: string) => await open.remove(file)),
      make: counted(async (under: string) => await open.make(under)),
    };
  },
});

const { writer } = connectFile({
  folder: dying(localFolder(folder)),
  layout: ORDERS_OUT,
  stabilityMs: 0,
});
const outcome = await writer?.write(orderFor(reference), AbortSignal.timeout(30_000));
process.stdout.write(JSON.stringify({ outcome: outcome?.outcome, deeds }));
