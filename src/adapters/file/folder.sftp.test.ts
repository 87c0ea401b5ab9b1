import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectFile, sftpFolder } from './index.ts';
import type { SftpSettings } from './index.ts';
import { cellsOf, layoutOf, pagesOf } from './testing.ts';
import { describeFolderContract } from './testing/folder-contract.ts';
import { checksPasswords, startSshd } from './testing/start-sshd.ts';
import type { RunningSshd } from './testing/start-sshd.ts';

const soon = (): AbortSignal => AbortSignal.timeout(60_000);
let server: RunningSshd;
beforeAll(async () => {
  server = await startSshd();
});
afterAll(async () => {
  await server.close();
});

const inFolder = async (): Promise<{ here: string; settings: SftpSettings }> => {
  const here = await mkdtemp(join(server.folder, 'x'));
  return { here, settings: { ...server.settings, path: here } };
};

describeFolderContract('a folder over SFTP', async () => {
  const { here, settings } = await inFolder();
  return { source: sftpFolder(settings), here };
});

const rows = { file: 'rows.csv', columns: ['a', 'b'] };
const layout = layoutOf({ rows });
const LINES = Array.from({ length: 60_000 }, (_, at) => [`${at}`, `name of ${at}`]);
const CSV = `${LINES.map((line) => line.join(',')).join('\n')}\n`;

describe('files over SFTP', () => {
  test('are read whole, also when the connection breaks again and again', async () => {
    const { here, settings } = await inFolder();
    await writeFile(join(here, 'rows.csv'), CSV);
    const proxy = await breakingProxy(server.settings.port, 400_000);
    const folder = sftpFolder({ ...settings, port: proxy.port });
    const adapter = connectFile({ folder, layout, stabilityMs: 0, limits: SMALL });
    expect(cellsOf(await pagesOf(adapter))).toEqual(LINES);
    expect(proxy.connections()).toBeGreaterThan(2);
    await proxy.close();
  });

  test('that are being written are not ready: they look the same twice, or a manifest says so', async () => {
    const { here, settings } = await inFolder();
    await writeFile(join(here, 'rows.csv'), '1,2\n');
    const adapter = connectFile({ folder: sftpFolder(settings), layout, stabilityMs: 1500 });
    const survey = { isOver: false };
    const surveying = adapter.survey(soon()).finally(() => {
      survey.isOver = true;
    });
    while (!survey.isOver) {
      await appendFile(join(here, 'rows.csv'), '1,2\n');
      await pause(100);
    }
    expect(await surveying).toMatchObject([{ ready: false }]);
    await writeFile(join(here, 'rows.csv'), '1,2\n3,4\n');
    expect(await adapter.survey(soon())).toMatchObject([{ ready: true }]);
    const promised = layoutOf({ rows: { ...rows, manifest: 'm.json' } });
    const sure = connectFile({ folder: sftpFolder(settings), layout: promised });
    expect(await sure.survey(soon())).toMatchObject([{ ready: false }]);
    const sha256 = createHash('sha256').update('1,2\n3,4\n').digest('hex');
    await writeFile(join(here, 'm.json'), JSON.stringify({ files: { 'rows.csv': { sha256 } } }));
    expect(await sure.survey(soon())).toMatchObject([{ ready: true }]);
  });
});

describe('a connection that cannot be made says at which step', () => {
  const failing = async (more: Partial<SftpSettings>): Promise<string> => {
    const { settings } = await inFolder();
    const checks = await sftpFolder({ ...settings, ...more }).check(soon());
    expect(checks.slice(0, -1).every(({ ok }) => ok)).toBe(true);
    const last = checks.at(-1);
    expect(last?.ok).toBe(false);
    return `${last?.check}: ${last?.detail}`;
  };

  test('another host key, with both fingerprints, and nothing was sent', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    const said = await failing({ hostKey: other });
    expect(said).toMatch(/^host key: /);
    expect(said).toContain(other);
    expect(said).toContain(server.settings.hostKey);
  });

  test('an address that is not to be reached, whatever its name', async () => {
    for (const host of ['127.0.0.1', 'localhost', '169.254.169.254']) {
      expect(await failing({ host, networks: ['10.0.0.0/8'] })).toMatch(
        /^address: .*(not a public address|metadata)/,
      );
    }
    expect(await failing({ host: 'no.such.host.invalid' })).toMatch(/^address: .*resolve/);
  });

  test('nobody there, another user, a key that is none', async () => {
    expect(await failing({ port: 1 })).toMatch(/^connection: .*ECONNREFUSED/);
    expect(await failing({ user: 'nobody-of-that-name' })).toMatch(/^sign in: /);
    const said = await failing({ privateKey: 'no key at all' });
    expect(said).toMatch(/^sign in: /);
    expect(said).not.toContain('no key at all');
  });

  test('a folder that is not there, or is a file', async () => {
    const { here } = await inFolder();
    await writeFile(join(here, 'file'), '');
    expect(await failing({ path: join(here, 'no') })).toMatch(/^folder: .*no folder there/);
    expect(await failing({ path: join(here, 'file') })).toMatch(/^folder: .*no folder there/);
  });

  test('a server that greets and then says nothing', async () => {
    const mute = createServer((socket) => socket.write('SSH-2.0-mute\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => {
      mute.once('listening', resolve);
    });
    const { settings } = await inFolder();
    const opening = sftpFolder({ ...settings, port: portOf(mute) }).open(AbortSignal.timeout(500));
    await expect(opening).rejects.toMatchObject({ name: 'TimeoutError' });
    mute.close();
  });
});

test('a password signs in, also where the server asks for it in its own words', async () => {
  const { privateKey = '', ...settings } = server.settings;
  for (const method of ['password', 'keyboard-interactive'] as const) {
    const asking = await passwordServer(privateKey, method, 'right');
    const at = { ...settings, port: asking.port, hostKey: asking.hostKey };
    const good = await sftpFolder({ ...at, password: 'right' }).check(soon());
    expect(good.slice(0, 3).map(({ check, ok }) => [check, ok])).toEqual([
      ['address', true],
      ['host key', true],
      ['sign in', true],
    ]);
    const bad = await sftpFolder({ ...at, password: 'wrong' }).check(soon());
    expect(bad.at(-1)).toMatchObject({ check: 'sign in', ok: false });
    expect(JSON.stringify(bad)).not.toContain('wrong');
    await asking.close();
  }
});

test('OpenSSH lets a password in, and a wrong one is told as such', async () => {
  const real = await startSshd('a password of tests');
  await writeFile(join(real.folder, 'rows.csv'), '1,2\n');
  const wrong = await sftpFolder({ ...real.settings, password: 'another' }).check(soon());
  expect(wrong.at(-1)).toMatchObject({ check: 'sign in', ok: false });
  expect(wrong.at(-1)?.detail).toContain('Check the user and the password.');
  const right = await sftpFolder(real.settings).check(soon());
  const signedIn = right.find(({ check }) => check === 'sign in');
  expect(signedIn).toMatchObject({ ok: checksPasswords }); // Only root may have it checked.
  const adapter = connectFile({ folder: sftpFolder(real.settings), layout, stabilityMs: 0 });
  const read = await pagesOf(adapter).then(cellsOf, () => 'not read');
  expect(read).toEqual(checksPasswords ? [['1', '2']] : 'not read');
  await real.close();
});

test('a test of the connection names folder and files', async () => {
  const { here, settings } = await inFolder();
  await mkdir(join(here, 'sub'));
  await writeFile(join(here, 'rows.csv'), '1,2\n');
  const adapter = connectFile({ folder: sftpFolder(settings), layout, stabilityMs: 0 });
  expect((await adapter.test(soon())).map(({ check, ok }) => [check, ok])).toEqual([
    ['address', true],
    ['host key', true],
    ['sign in', true],
    ['folder', true],
    ['rows: rows.csv', true],
  ]);
  expect(basename(here)).not.toBe('');
});

const SMALL = { recordBytesMax: 60_000 };

/** A server that asks for a password in either way; the real one asks in the first only, without PAM. */
async function passwordServer(
  key: string,
  method: 'password' | 'keyboard-interactive',
  password: string,
): Promise<{ port: number; hostKey: string; close: () => Promise<void> }> {
  const clients = new Set<{ end: () => void }>();
  const asking = new ssh2.Server({ hostKeys: [key] }, (client) => {
    clients.add(client);
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      if (context.method !== method) context.reject([method]);
      else if (context.method === 'password') {
        if (context.password === password) context.accept();
        else context.reject([method]);
      } else if (context.method === 'keyboard-interactive')
        context.prompt([{ prompt: 'Password: ', echo: false }], (answers) =>
          answers[0] === password ? context.accept() : context.reject([method]),
        );
    });
    client.on('ready', () => {
      client.on('session', (accept) => {
        accept().on('sftp', (acceptSftp) => void acceptSftp());
      });
    });
  });
  await new Promise<void>((resolve) => {
    asking.listen(0, '127.0.0.1', () => resolve());
  });
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  const print = createHash('sha256').update(parsed.getPublicSSH()).digest('base64');
  return {
    port: portOf(asking),
    hostKey: `SHA256:${print.replace(/=+$/, '')}`,
    async close() {
      for (const client of clients) client.end();
      await new Promise<void>((resolve) => {
        asking.close(() => resolve());
      });
    },
  };
}

/** Lets so many bytes of an answer through, then breaks the connection. */
async function breakingProxy(
  to: number,
  bytes: number,
): Promise<{ port: number; connections: () => number; close: () => Promise<void> }> {
  let count = 0;
  const sockets = new Set<Socket>();
  const proxy = createServer((near) => {
    count += 1;
    let passed = 0;
    const far = connect({ port: to, host: '127.0.0.1' });
    for (const each of [near, far]) {
      sockets.add(each);
      each.on('error', () => undefined);
    }
    near.pipe(far);
    far.on('data', (data) => {
      passed += data.length;
      if (passed < bytes) near.write(data);
      else near.destroy();
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.end());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    proxy.once('listening', resolve);
  });
  return {
    port: portOf(proxy),
    connections: () => count,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        proxy.close(resolve);
      });
    },
  };
}

function portOf(listening: Pick<Server, 'address'>): number {
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
