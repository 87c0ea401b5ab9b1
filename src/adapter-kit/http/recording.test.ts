import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#kernel/testing';
import { createHttpClient } from './client.ts';
import { directTransport } from './direct-transport.ts';
import { recordingTransport, replayingTransport } from './recording.ts';
import { startServer, stillClock } from './testing.ts';
import type { Transport } from './wire.ts';

const patience = (): AbortSignal => AbortSignal.timeout(10_000);
const secrets = { secrets: () => ['hush-hush'] };

const clientOf = (transport: Transport) =>
  createHttpClient({ transport, ...stillClock(), random: () => 0, limits: { attemptsMax: 2 } });

async function record(): Promise<{ file: string; url: string }> {
  const server = await startServer(({ path: at }, count) =>
    at === '/cut'
      ? (response) => response.destroy()
      : {
          body: JSON.stringify({
            count,
            token: 'abc',
            said: 'hush-hush',
            long: 'x'.repeat(80_000),
          }),
        },
  );
  const direct = directTransport({
    destinations: { hosts: [server.host], networks: ['127.0.0.1'] },
  });
  onTestFinished(async () => await direct.close());
  const recording = recordingTransport(direct, secrets);
  const { send } = clientOf(recording);
  for (const at of ['/a?api_key=abc', '/a?api_key=abc', '/b']) {
    await send({ method: 'GET', url: server.url + at }, patience());
  }
  await send({ method: 'POST', url: `${server.url}/cut` }, patience()).catch(() => undefined);
  const file = path.join(temporaryFolder('recording'), 'erp.json');
  await recording.save(file);
  return { file, url: server.url };
}

test('what was recorded is replayed in its order, whole, from any host', async () => {
  const { file } = await record();
  const replay = await replayingTransport(file, secrets);
  const { send } = clientOf(replay);
  const counts: unknown[] = [];
  for (const at of ['/b', '/a?api_key=abc', '/a?api_key=abc']) {
    const answer = await send({ method: 'GET', url: `https://replay.test${at}` }, patience());
    const body = JSON.parse(answer.body) as { count: number; long: string };
    counts.push(body.count);
    expect(body.long.length).toBe(80_000);
  }
  expect(counts).toEqual([3, 1, 2]);
  expect(replay.rest()).toEqual(['POST /cut']);
  const lost = send({ method: 'POST', url: 'https://replay.test/cut' }, patience());
  await expect(lost).rejects.toMatchObject({ kind: 'uncertain' });
});

test('a request that was not recorded, or once more often, fails and is not tried again', async () => {
  const { file } = await record();
  const { send } = clientOf(await replayingTransport(file, secrets));
  await send({ method: 'GET', url: 'https://replay.test/b' }, patience());
  for (const at of ['/b', '/c']) {
    const asking = send({ method: 'GET', url: `https://replay.test${at}` }, patience());
    await expect(asking).rejects.toMatchObject({ code: 'adapter-kit.not-recorded' });
  }
});

test('a recording holds no secret', async () => {
  const text = await readFile((await record()).file, 'utf8');
  expect(text).toContain('***');
  expect(text).not.toMatch(/hush-hush|abc/);
});
