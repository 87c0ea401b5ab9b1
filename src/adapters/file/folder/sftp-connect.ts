import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { Client, SFTPWrapper } from 'ssh2';
import { refusalOfAddress } from '#adapter-kit/http';
import { describeError, RialtoError } from '#kernel';
import { fileError } from '../errors.ts';

/** Where a folder is kept over SFTP, and who we are there. */
export type SftpSettings = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly hostKey: string; // 'SHA256:…', as `ssh-keygen -lf` prints it.
  readonly path: string;
  readonly networks?: readonly string[]; // Private ones it may be in.
  readonly password?: string;
  readonly privateKey?: string; // PEM or OpenSSH.
  readonly passphrase?: string; // Of the key.
  readonly answerMsMax?: number; // One request. 30,000.
};

/** A connection that has signed in. */
export type Session = {
  readonly sftp: SFTPWrapper;
  readonly socket: Socket;
  readonly client: Client;
  isOpen(): boolean;
};

const CONNECT_MS_MAX = 15_000;
const READY_MS_MAX = 20_000;
const KEEP_ALIVE_MS = 15_000;

/** Asks for the addresses of a host, and refuses it when any of them is not to be reached. */
export async function addressOf({ host, networks = [] }: SftpSettings): Promise<string> {
  const found = await lookup(host, { all: true }).catch((error: unknown) => {
    throw notReached(host, `its name does not resolve: ${describeError(error)}`);
  });
  for (const { address } of found) {
    const refusal = refusalOfAddress(address, { hosts: [host], networks });
    if (refusal !== undefined) {
      throw fileError('forbidden', 'file.sftp-not-reached', `connecting to ${host}`, {
        remedy: `${refusal}. Name its network among the connection's networks if it is yours.`,
      });
    }
  }
  const [first] = found;
  if (first === undefined) throw notReached(host, 'its name has no address');
  return first.address;
}

/**
 * Connects and signs in. Addresses are checked on the connection itself, so that a name which
 * changes its address in between gains nothing. Fails with `file.sftp-not-reached`,
 * `file.host-key-differs` or `file.sftp-sign-in`.
 */
export async function connectSftp(settings: SftpSettings, stop: AbortSignal): Promise<Session> {
  stop.throwIfAborted();
  const address = await addressOf(settings);
  const socket = await openSocket(settings, address, stop);
  try {
    return await signIn(settings, socket, stop);
  } catch (error) {
    socket.destroy();
    stop.throwIfAborted();
    throw error;
  }
}

async function openSocket(
  { host, port, networks = [] }: SftpSettings,
  address: string,
  stop: AbortSignal,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connectSocket({ host: address, port, noDelay: true });
  const signal = AbortSignal.any([stop, AbortSignal.timeout(CONNECT_MS_MAX)]);
  const onStop = (): void => reject(notReached(host, 'no connection within the time for it'));
  signal.addEventListener('abort', onStop, { once: true });
  socket.once('connect', () => resolve(socket));
  socket.once('error', (error) => reject(notReached(host, describeError(error))));
  try {
    await promise;
    const late = refusalOfAddress(socket.remoteAddress ?? '', { hosts: [host], networks });
    if (late !== undefined) throw notReached(host, late);
    return socket;
  } catch (error) {
    socket.destroy();
    stop.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', onStop);
  }
}

async function signIn(settings: SftpSettings, socket: Socket, stop: AbortSignal): Promise<Session> {
  const { host, user, hostKey, password, privateKey, passphrase } = settings;
  const client = new ssh2.Client();
  const { promise, resolve, reject } = Promise.withResolvers<SFTPWrapper>();
  let open = true;
  let presented = hostKey;
  client.on('error', (error) => {
    open = false;
    reject(presented === hostKey ? signInFailure(settings, error) : otherKey(settings, presented));
  });
  client.on('close', () => {
    open = false;
    reject(notReached(host, 'it closed the connection'));
  });
  client.on('keyboard-interactive', (...asked) => {
    const [, , , prompts, answer] = asked;
    answer(prompts.map(() => password ?? ''));
  });
  client.on('ready', () => {
    client.sftp((error, sftp) =>
      error === undefined ? resolve(sftp) : reject(noSftp(host, error)),
    );
  });
  const onStop = (): void => reject(notReached(host, 'stopped'));
  stop.addEventListener('abort', onStop, { once: true });
  try {
    client.connect({
      sock: socket,
      username: user,
      readyTimeout: READY_MS_MAX,
      keepaliveInterval: KEEP_ALIVE_MS,
      tryKeyboard: password !== undefined,
      hostVerifier(key: Buffer) {
        presented = fingerprintOf(key);
        return presented === hostKey;
      },
      ...(password === undefined ? {} : { password }),
      ...(privateKey === undefined ? {} : { privateKey }),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    const sftp = await promise;
    return { sftp, socket, client, isOpen: () => open };
  } catch (error) {
    client.destroy();
    throw error instanceof RialtoError ? error : signInFailure(settings, error);
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}

/** A key as `ssh-keygen -lf` prints it. */
const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

const otherKey = ({ host, hostKey }: SftpSettings, presented: string) =>
  fileError('forbidden', 'file.host-key-differs', `connecting to ${host}`, {
    remedy: `The server shows the key ${presented}, and ${hostKey} is expected. Nothing was sent. Ask whoever keeps the server which of them is right.`,
  });

const signInFailure = ({ host, user, privateKey }: SftpSettings, cause: unknown) => {
  const reason = describeError(cause);
  if (/authentication|privatekey|passphrase/i.test(reason)) {
    return fileError('forbidden', 'file.sftp-sign-in', `signing in at ${host} as ${user}`, {
      remedy: `${reason}. Check the user and the ${privateKey === undefined ? 'password' : 'key with its passphrase'}.`,
    });
  }
  return notReached(host, reason);
};

const noSftp = (host: string, error: Error) =>
  fileError('unavailable', 'file.sftp-not-reached', `opening SFTP at ${host}`, {
    cause: error,
    remedy: 'The server lets us in, yet offers no SFTP to this user.',
  });

const notReached = (host: string, reason: string) =>
  fileError('unavailable', 'file.sftp-not-reached', `connecting to ${host}`, {
    remedy: `${reason}. Check host, port and the way to them.`,
  });
