/** A real OpenSSH server for tests: a folder of files, a user with a key, nothing else. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '#database/testing';
import type { SftpSettings } from '../folder/sftp-connect.ts';

const SSHD = '/usr/sbin/sshd';
const KEYGEN = '/usr/bin/ssh-keygen';
const START_MS_MAX = 30_000;

/** A running server and how to get in. */
export type RunningSshd = {
  readonly settings: SftpSettings; // Its folder, with the key of a user.
  readonly folder: string; // The same folder, as this machine has it.
  /** Starts it again on its port, after `stop`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it, and takes its folder away. */
  close(): Promise<void>;
};

/** Starts a server on a free port, as whoever runs the tests. */
export async function startSshd(): Promise<RunningSshd> {
  const home = await mkdtemp(join(tmpdir(), 'rialto-sshd-'));
  const folder = join(home, 'files');
  mkdirSync(folder);
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true }); // Where it locks itself in.
  const [host, user] = [join(home, 'host'), join(home, 'user')];
  for (const file of [host, user]) {
    execFileSync(KEYGEN, ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  }
  const port = await freePort();
  await writeFile(join(home, 'config'), configOf(home, port));
  const print = execFileSync(KEYGEN, ['-lf', `${host}.pub`], { encoding: 'utf8' });
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = await startOnce(join(home, 'config'), port);
  };
  const stop = async (): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => {
      ending.once('exit', resolve);
    });
    ending.kill('SIGTERM');
    await ended;
  };
  await start();
  const settings = {
    host: '127.0.0.1',
    port,
    user: userInfo().username,
    hostKey: print.split(' ')[1] ?? '',
    path: folder,
    networks: ['127.0.0.0/8'],
    privateKey: await readFile(user, 'utf8'),
  };
  return {
    settings,
    folder,
    start,
    stop,
    async close() {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const configOf = (home: string, port: number): string =>
  [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(home, 'host')}`,
    `AuthorizedKeysFile ${join(home, 'user.pub')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 100',
    'Subsystem sftp internal-sftp',
    '',
  ].join('\n');

async function startOnce(config: string, port: number): Promise<ChildProcess> {
  const child = spawn(SSHD, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  for (let waited = 0; waited < START_MS_MAX; waited += 50) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return child;
    await pause(50);
  }
  child.kill('SIGKILL');
  throw new Error(`sshd did not start: ${said}`);
}

async function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host: '127.0.0.1', port });
  socket.once('data', () => resolve(true)); // Its greeting.
  socket.once('error', () => resolve(false));
  socket.once('close', () => resolve(false));
  const answered = await promise;
  socket.destroy();
  return answered;
}
