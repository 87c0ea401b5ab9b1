/** Starting and stopping as people and machines do it: in order, in haste, and by force. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { migrate, openDatabase, rows, sql, startEmbedded } from '#database';
import {
  command,
  dataFolder,
  launch,
  leftBehind,
  processesOf,
  schedulingOf,
  serverFile,
  survivors,
  untilReady,
} from './launched-rialto.ts';
import type { Launched } from './launched-rialto.ts';

const LONG_MS = 180_000;
const STACK = /\n\s+at .*:\d+:\d+/;

const undo: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
});

function freshFolder(): string {
  const [folder, remove] = dataFolder();
  undo.push(remove);
  return folder;
}

function starting(dataDir: string, flags: readonly string[] = []): Launched {
  const launched = launch(['--port', '0', '--empty', '--data-dir', dataDir, ...flags]);
  undo.push(async () => {
    launched.child.kill('SIGTERM');
    await launched.exitCode();
  });
  return launched;
}

async function started(dataDir: string): Promise<Launched> {
  const launched = starting(dataDir);
  await untilReady(launched);
  return launched;
}

/** A start that must fail: its exit code and what it said, which shows no code of ours. */
async function refusal(flags: readonly string[], env: Record<string, string> = {}) {
  const launched = launch(flags, env);
  const exitCode = await launched.exitCode();
  const said = launched.printed();
  expect(said).not.toMatch(STACK);
  return { exitCode, said };
}

async function health(dataDir: string): Promise<number> {
  const { address, token } = serverFile(dataDir);
  const headers = { authorization: `Bearer ${token}` };
  const reply = await fetch(new URL('/v1/overview', address), { headers });
  return reply.status;
}

const IN_ORDER = { exitCode: 0, stillRunning: [], leftBehind: [] };

/** How it ends: its exit code, which of its processes run on, and which files of a running one it leaves. */
const endingOf = async (
  rialto: Launched,
  processes: ReturnType<typeof processesOf>,
  dataDir: string,
) => ({
  exitCode: await rialto.exitCode(),
  stillRunning: await survivors(processes),
  leftBehind: leftBehind(dataDir),
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(
    `${signal} ends everything and leaves nothing behind`,
    async () => {
      const dataDir = freshFolder();
      const rialto = await started(dataDir);
      const processes = processesOf(dataDir);
      rialto.child.kill(signal);
      expect(await endingOf(rialto, processes, dataDir)).toEqual(IN_ORDER);
    },
    LONG_MS,
  );
}

test(
  'a terminal sends its signal to all of us at once: that ends it in order, too',
  async () => {
    const dataDir = freshFolder();
    const rialto = await started(dataDir);
    const processes = processesOf(dataDir);
    process.kill(processes.server, 'SIGINT');
    rialto.child.kill('SIGINT');
    expect(await endingOf(rialto, processes, dataDir)).toEqual(IN_ORDER);
  },
  LONG_MS,
);

test(
  'our launcher may be heard before the terminal: that ends it in order, too',
  async () => {
    const dataDir = freshFolder();
    const rialto = await started(dataDir);
    const processes = processesOf(dataDir);
    process.kill(processes.postgres, 'SIGSTOP'); // So that it cannot be done before both were sent.
    process.kill(processes.server, 'SIGTERM');
    await expect.poll(() => rialto.printed(), { timeout: 20_000 }).toContain('Stopping …');
    process.kill(processes.server, 'SIGINT');
    process.kill(processes.postgres, 'SIGCONT');
    expect(await endingOf(rialto, processes, dataDir)).toEqual(IN_ORDER);
  },
  LONG_MS,
);

test(
  'stopped while it starts, it ends without complaint',
  async () => {
    const dataDir = freshFolder();
    const rialto = starting(dataDir);
    while (!rialto.printed().includes('making a new database')) await pause(20);
    rialto.child.kill('SIGTERM');
    expect(await rialto.exitCode()).toBe(0);
    expect(rialto.printed()).not.toMatch(/Not done|ready/);
    expect(leftBehind(dataDir)).toEqual([]);
  },
  LONG_MS,
);

test(
  'a launcher that is killed takes the server with it',
  async () => {
    const dataDir = freshFolder();
    const rialto = await started(dataDir);
    const processes = processesOf(dataDir);
    rialto.child.kill('SIGKILL');
    expect(await survivors(processes)).toEqual([]);
    expect(leftBehind(dataDir)).toEqual([]);
  },
  LONG_MS,
);

test(
  'after kill -9 of the server the next start recovers',
  async () => {
    const dataDir = freshFolder();
    const first = await started(dataDir);
    const { server } = processesOf(dataDir);
    process.kill(server, 'SIGKILL');
    expect(await first.exitCode()).toBe(137);
    expect(leftBehind(dataDir)).toContain('owner.lock');
    await started(dataDir);
    expect(await health(dataDir)).toBe(200);
  },
  LONG_MS,
);

test(
  'after kill -9 of PostgreSQL the running server has it back',
  async () => {
    const dataDir = freshFolder();
    const rialto = await started(dataDir);
    process.kill(processesOf(dataDir).postgres, 'SIGKILL');
    await expect
      .poll(() => rialto.printed(), { timeout: 60_000 })
      .toContain('PostgreSQL runs again');
    await expect.poll(() => health(dataDir), { timeout: 20_000 }).toBe(200);
  },
  LONG_MS,
);

test(
  'where Linux lets it, the server and its PostgreSQL let each other finish',
  async () => {
    const dataDir = freshFolder();
    await started(dataDir);
    const { server, postgres } = processesOf(dataDir);
    const may = spawnSync('chrt', ['--batch', '0', 'true']).status === 0;
    const expected = may ? 'batch' : 'as others';
    expect([server, postgres].map(schedulingOf)).toEqual([expected, expected]);
  },
  LONG_MS,
);

test(
  'the link that is printed signs in once',
  async () => {
    const rialto = await started(freshFolder());
    const link = /http:\S+sign-in\S+/.exec(rialto.printed())?.[0] ?? '';
    const first = await fetch(link, { redirect: 'manual' });
    expect(first.status).toBe(303);
    const cookie = first.headers.getSetCookie().map((each) => each.split(';')[0]);
    const session = await fetch(new URL('/v1/session', link), {
      headers: { cookie: cookie.join('; ') },
    });
    expect(await session.json()).toMatchObject({ person: { role: 'administrator' } });
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
  },
  LONG_MS,
);

test(
  'a port in use is refused with another to choose',
  async () => {
    const stranger = createServer().listen(0, 'localhost');
    undo.push(() => void stranger.close());
    await new Promise((resolve) => {
      stranger.once('listening', resolve);
    });
    const address = stranger.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exitCode, said } = await refusal(['--port', `${port}`, '--data-dir', freshFolder()]);
    expect(exitCode).toBe(5);
    expect(said).toContain(`npm start -- --port ${port + 1}`);
  },
  LONG_MS,
);

test(
  'a second start on the same folder is refused, and harms the first in nothing',
  async () => {
    const dataDir = freshFolder();
    await started(dataDir);
    const { exitCode, said } = await refusal(['--port', '0', '--data-dir', dataDir]);
    expect(exitCode).toBe(5);
    expect(said).toContain(`process ${serverFile(dataDir).pid}`);
    expect(await health(dataDir)).toBe(200);
  },
  LONG_MS,
);

test(
  'a database of a newer version is refused',
  async () => {
    const dataDir = freshFolder();
    const embedded = await startEmbedded({ folder: join(dataDir, 'postgres') });
    const database = await openDatabase({ url: embedded.url });
    await migrate(database, []);
    await rows(
      database.kysely,
      sql`insert into database.migration (module, number, file, sha256)
      values ('records', 999, '0999-later.sql', '')`,
    );
    await database.close();
    await embedded.stop();
    const { exitCode, said } = await refusal(['--port', '0', '--data-dir', dataDir]);
    expect(exitCode).toBe(5);
    expect(said).toContain('Start the newer version of Rialto');
    expect(leftBehind(dataDir)).toEqual([]);
  },
  LONG_MS,
);

test(
  'a data folder that is none, and flags that are none, are refused',
  async () => {
    const dataDir = freshFolder();
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    const noFolder = await refusal(['--port', '0', '--data-dir', file]);
    expect(noFolder).toMatchObject({ exitCode: 6 });
    expect(noFolder.said).toContain('choose another with --data-dir');
    expect(await refusal(['--nonsense'])).toMatchObject({ exitCode: 2 });
    expect(await refusal(['--port', 'http'])).toMatchObject({ exitCode: 2 });
    const help = await refusal(['--help']);
    expect(help.exitCode).toBe(0);
    expect(help.said).toContain('Example:');
  },
  LONG_MS,
);

test(
  'a PostgreSQL that refuses us is named without its password',
  async () => {
    const folder = freshFolder();
    const embedded = await startEmbedded({ folder, durable: false });
    undo.push(() => embedded.stop());
    const url = new URL(embedded.url);
    url.password = 'a-wrong-secret';
    const flags = ['--port', '0', '--data-dir', freshFolder()];
    const wrong = await refusal(flags, { DATABASE_URL: url.href });
    expect(wrong.exitCode).toBe(6);
    expect(wrong.said).toContain('Correct the user and password in DATABASE_URL');
    expect(wrong.said).toContain(url.host);
    expect(wrong.said).not.toContain('a-wrong-secret');
    await embedded.stop();
    const gone = await refusal(flags, { DATABASE_URL: url.href });
    expect(gone.exitCode).toBe(6);
    expect(gone.said).toContain('Check that PostgreSQL runs there');
    expect(gone.said).not.toContain('a-wrong-secret');
  },
  LONG_MS,
);

test(
  'a folder whose records are elsewhere gets no empty database of its own',
  async () => {
    const postgres = freshFolder();
    const embedded = await startEmbedded({ folder: postgres, durable: false });
    undo.push(() => embedded.stop());
    const dataDir = freshFolder();
    const words = ['integrations', '--json', '--data-dir', dataDir];
    expect(await command(words, { DATABASE_URL: embedded.url }).exitCode()).toBe(0);
    const without = command(words);
    expect(await without.exitCode()).toBe(2);
    expect(without.printed()).toContain('Set DATABASE_URL as before');
  },
  LONG_MS,
);

test(
  'two commands at the same instant, without a server, both get their answer',
  async () => {
    const dataDir = freshFolder();
    const both = [
      command(['integrations', '--json', '--data-dir', dataDir]),
      command(['metrics', '--json', '--data-dir', dataDir]),
    ];
    for (const each of both) expect([await each.exitCode(), each.printed()]).toMatchObject([0, {}]);
    expect(leftBehind(dataDir)).toEqual([]);
  },
  LONG_MS,
);

test(
  'a command that is stopped or killed leaves a folder that the next one can use',
  async () => {
    const dataDir = freshFolder();
    for (const [signal, exitCode] of [
      ['SIGTERM', 143],
      ['SIGKILL', -1],
    ] as const) {
      const stopped = command(['integrations', '--data-dir', dataDir]);
      while (leftBehind(dataDir).length === 0) await pause(20);
      await pause(300);
      stopped.child.kill(signal);
      expect(await stopped.exitCode()).toBe(exitCode);
    }
    const next = command(['integrations', '--json', '--data-dir', dataDir]);
    expect([await next.exitCode(), next.printed()]).toMatchObject([0, {}]);
    expect(leftBehind(dataDir)).toEqual([]);
  },
  LONG_MS,
);
