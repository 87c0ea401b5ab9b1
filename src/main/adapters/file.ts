import { z } from 'zod';
import { isNetwork } from '#adapter-kit/http';
import { connectFile, localFolder, parseFileLayout, sftpFolder } from '#adapters/file';
import type { FolderSource } from '#adapters/file';
import type { Given, Registration } from './registration.ts';

const Path = z.string().min(1).max(4096);

const Sftp = z.strictObject({
  host: z.string().regex(/^[\w.:-]{1,253}$/, 'a name or an address'),
  port: z.number().int().min(1).max(65_535).optional(), // 22.
  user: z.string().min(1).max(200),
  hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, "as 'ssh-keygen -lf' prints it"),
  path: Path,
  networks: z.array(z.string().refine(isNetwork, 'a network: 10.1.0.0/16')).max(20).optional(), // Private ones it may be in.
});

const Settings = z
  .strictObject({
    path: Path.optional(), // Of this machine.
    sftp: Sftp.optional(),
    onArrival: z.boolean().optional(), // Read as soon as files have come to rest. Off.
    lookEverySeconds: z.number().int().min(5).max(86_400).optional(), // For them. Over SFTP 60, else 15.
  })
  .refine(
    ({ path, sftp }) => (path === undefined) !== (sftp === undefined),
    'Say where the files are: a path on this machine, or a server by SFTP.',
  );

/** A folder of files, here or on a server. */
export const file: Registration = {
  name: 'file',
  title: 'Files (CSV, Excel, XML), in a folder or over SFTP',
  settings: Settings,
  secrets: [
    { name: 'password', optional: true },
    { name: 'privateKey', optional: true },
    { name: 'passphrase', optional: true },
  ],
  mappings: ['adventureworks', 'sample', 'excel-and-xml'],
  connect(given) {
    const { pack, clock } = given;
    const { sftp, onArrival, lookEverySeconds } = Settings.parse(given.settings);
    const everySeconds = lookEverySeconds ?? (sftp === undefined ? 15 : 60);
    return connectFile({
      folder: folderOf(given),
      layout: parseFileLayout('layout' in pack ? pack.layout : {}),
      clock,
      ...(onArrival === true ? { lookEveryMs: everySeconds * 1000 } : {}),
    });
  },
};

function folderOf({ settings, secrets }: Given): FolderSource {
  const { path = '', sftp } = Settings.parse(settings);
  if (sftp === undefined) return localFolder(path);
  const { port = 22, networks = [], ...rest } = sftp;
  const { password, privateKey, passphrase } = secrets;
  return sftpFolder({
    ...rest,
    port,
    networks,
    ...(password === undefined ? {} : { password }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(passphrase === undefined ? {} : { passphrase }),
  });
}
