/** A real OpenSSH server for tests: a folder of files, a user with a key or a password, nothing else. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '#database/testing';
import type { SftpSettings } from '../folder/sftp-connect.ts';

const SSHD = '/usr/sbin/sshd';
const KEYGEN = '/usr/bin/ssh-keygen';
const START_MS_MAX = 30_000;
const ACCOUNT = 'rialto-partner';
const NOBODY = 65_534;

/** An account only this server sees: in a name space of its own, so that the machine's own stay as they are. */
const WITH_ACCOUNTS = `mount --bind "$1/passwd" /etc/passwd && mount --bind "$1/shadow" /etc/shadow &&
  exec ${SSHD} -D -e -f "$1/config"`;

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

/**
 * Whether a password can be checked: by root alone, who may give the server accounts of its own. As
 * anybody else OpenSSH cannot read what passwords are, and refuses each.
 */
export const checksPasswords = userInfo().uid === 0;

/** Starts a server on a free port, as whoever runs the tests; with a password it lets no key in. */
export async function startSshd(password?: string): Promise<RunningSshd> {
  const home = await mkdtemp(join(tmpdir(), 'rialto-sshd-'));
  const folder = join(home, 'files');
  mkdirSync(folder);
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true }); // Where it locks itself in.
  const [host, user] = [join(home, 'host'), join(home, 'user')];
  for (const file of [host, user]) {
    execFileSync(KEYGEN, ['-q', '-t', 'ed25519', '-N', '', '-f', file]);
  }
  const port = await freePort();
  await writeFile(join(home, 'config'), configOf(home, port, password !== undefined));
  const ownAccount = password !== undefined && checksPasswords;
  if (ownAccount) await makeAccount(home, password);
  const print = execFileSync(KEYGEN, ['-lf', `${host}.pub`], { encoding: 'utf8' });
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = await startOnce(home, port, ownAccount);
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
    user: ownAccount ? ACCOUNT : userInfo().username,
    hostKey: print.split(' ')[1] ?? '',
    path: folder,
    networks: ['127.0.0.0/8'],
    ...(password === undefined ? { privateKey: await readFile(user, 'utf8') } : { password }),
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

/** Files that name one account beside those of the machine, and a folder that it may look into. */
async function makeAccount(home: string, password: string): Promise<void> {
  const words = ['-e', 'print crypt($ARGV[0], "\\$6\\$ofatest\\$")', password];
  const hash = execFileSync('/usr/bin/perl', words, { encoding: 'utf8' });
  const line = `${ACCOUNT}:x:${NOBODY}:${NOBODY}::/:/bin/sh`;
  const passwd = await readFile('/etc/passwd', 'utf8');
  await writeFile(join(home, 'passwd'), `${passwd}${line}\n`);
  await writeFile(join(home, 'shadow'), `${ACCOUNT}:${hash}:19000:0:99999:7:::\n`, { mode: 0o600 });
  for (const open of [home, join(home, 'files')]) await chmod(open, 0o755);
}

const configOf = (home: string, port: number, byPassword: boolean): string =>
  [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(home, 'host')}`,
    `AuthorizedKeysFile ${join(home, 'user.pub')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    `PasswordAuthentication ${byPassword ? 'yes' : 'no'}`,
    `PubkeyAuthentication ${byPassword ? 'no' : 'yes'}`,
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 100',
    'Subsystem sftp internal-sftp',
    '',
  ].join('\n');

async function startOnce(home: string, port: number, ownAccount: boolean): Promise<ChildProcess> {
  const [command, words] = ownAccount
    ? ['/usr/bin/unshare', ['-m', '/bin/sh', '-c', WITH_ACCOUNTS, 'sh', home]]
    : [SSHD, ['-D', '-e', '-f', join(home, 'config')]];
  const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'] });
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
