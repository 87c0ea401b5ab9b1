import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { Destinations } from './destinations.ts';
import { directTransport } from './direct-transport.ts';
import type { DirectSettings } from './direct-transport.ts';
import { startServer } from './testing.ts';
import type { WireRequest } from './wire.ts';

const patience = (): AbortSignal => AbortSignal.timeout(10_000);
const get = (url: string): WireRequest => ({ method: 'GET', url, headers: {} });

function transportTo(
  host: string,
  more: Partial<DirectSettings> & Partial<Destinations> = {},
): ReturnType<typeof directTransport> {
  const { networks = ['127.0.0.1'], ...settings } = more;
  const transport = directTransport({ destinations: { hosts: [host], networks }, ...settings });
  onTestFinished(async () => await transport.close());
  return transport;
}

test('an answer comes whatever its status, packed or not', async () => {
  const { url, host } = await startServer(({ path }) =>
    path === '/packed'
      ? { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"a":"ü"}') }
      : { status: 418, body: 'short and stout' },
  );
  const transport = transportTo(host);
  expect(await transport(get(`${url}/packed`), patience())).toMatchObject({
    status: 200,
    body: '{"a":"ü"}',
  });
  expect(await transport(get(url), patience())).toMatchObject({ status: 418 });
});

test('a connection refused and a name unknown were never sent', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => {
    closed.listen(0, '127.0.0.1', resolve);
  });
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => {
    closed.close(resolve);
  });
  const refused = transportTo(`127.0.0.1:${port}`)(get(`http://127.0.0.1:${port}/`), patience());
  await expect(refused).rejects.toMatchObject({ reach: 'not-sent' });
  const unknown = transportTo('no-such-host.invalid')(
    get('http://no-such-host.invalid/'),
    patience(),
  );
  await expect(unknown).rejects.toMatchObject({ reach: 'not-sent' });
});

test('a connection cut after sending, and a silence, are uncertain', async () => {
  const { url, host } = await startServer(({ path }) =>
    path === '/cut' ? (response) => response.destroy() : () => {},
  );
  const transport = transportTo(host);
  await expect(transport(get(`${url}/cut`), patience())).rejects.toMatchObject({
    reach: 'uncertain',
  });
  const silence = transport(get(`${url}/silent`), AbortSignal.timeout(1500));
  await expect(silence).rejects.toMatchObject({ reach: 'uncertain' });
});

test('a request stopped while it still connects was never sent, and is not sent later', async () => {
  const { url, host, seen } = await startServer(() => ({}));
  let connect: () => void = () => undefined;
  const transport = transportTo(`slow.test:${host.split(':')[1] ?? ''}`, {
    resolve: async () => {
      await new Promise<void>((resolve) => {
        connect = resolve;
      });
      return [{ address: '127.0.0.1', family: 4 }];
    },
  });
  const stopping = new AbortController();
  const sending = transport(get(url.replace('127.0.0.1', 'slow.test')), stopping.signal);
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  stopping.abort();
  await expect(sending).rejects.toMatchObject({ reach: 'not-sent' });
  connect();
  await new Promise((resolve) => {
    setTimeout(resolve, 200);
  });
  expect(seen.length).toBe(0);
});

test('an answer cut in its middle is uncertain', async () => {
  const { url, host } = await startServer(() => (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"half":');
    setTimeout(() => response.destroy(), 20);
  });
  await expect(transportTo(host)(get(url), patience())).rejects.toMatchObject({
    reach: 'uncertain',
  });
});

test('an answer over the limit is given up, packed or not, as is one that is no text', async () => {
  const { url, host } = await startServer(({ path }) => {
    if (path === '/bomb') {
      return { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(5_000_000)) };
    }
    if (path === '/binary') return { body: Buffer.from([0xff, 0xfe, 0x80]) };
    return { body: 'x'.repeat(20_000) };
  });
  const transport = transportTo(host, { answerBytesMax: 10_000 });
  for (const path of ['/long', '/bomb', '/binary']) {
    const reading = transport(get(url + path), patience());
    await expect(reading).rejects.toMatchObject({ reach: 'unreadable' });
  }
});

test('a host that is not on the list is not even looked up', async () => {
  const { url, seen } = await startServer(() => ({}));
  const looked: string[] = [];
  const transport = transportTo('erp.example.com', {
    resolve: async (name) => {
      looked.push(name);
      return await Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    },
  });
  await expect(transport(get(url), patience())).rejects.toMatchObject({ reach: 'refused' });
  expect([looked, seen.length]).toEqual([[], 0]);
});

test('a loopback address is refused unless its network is allowed', async () => {
  const { url, host, seen } = await startServer(() => ({}));
  const reading = transportTo(host, { networks: [] })(get(url), patience());
  await expect(reading).rejects.toMatchObject({ reach: 'refused' });
  expect(seen.length).toBe(0);
});

test('a name that turns to a private address between two requests gains nothing', async () => {
  const { url, seen } = await startServer(() => ({}));
  const port = new URL(url).port;
  const answers = ['8.8.8.8', '127.0.0.1'];
  const asked: string[] = [];
  const transport = transportTo(`rebind.test:${port}`, {
    networks: [],
    connectTimeoutMs: 300,
    resolve: async () => {
      const address = answers[asked.length] ?? '127.0.0.1';
      asked.push(address);
      return await Promise.resolve([{ address, family: 4 }]);
    },
  });
  const first = transport(get(`http://rebind.test:${port}/`), patience());
  await expect(first).rejects.toMatchObject({ reach: 'not-sent' }); // Allowed; nobody is there.
  const second = transport(get(`http://rebind.test:${port}/`), patience());
  await expect(second).rejects.toMatchObject({ reach: 'refused' });
  expect(asked).toEqual(answers);
  expect(seen.length).toBe(0);
});

test('one private address among public ones refuses the name', async () => {
  const transport = transportTo('mixed.test', {
    networks: [],
    resolve: async () =>
      await Promise.resolve([
        { address: '8.8.8.8', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ]),
  });
  await expect(transport(get('http://mixed.test/'), patience())).rejects.toMatchObject({
    reach: 'refused',
  });
});

test('a redirect is an answer, and is not followed', async () => {
  const { url, host, seen } = await startServer(() => ({
    status: 302,
    headers: { location: 'http://169.254.169.254/latest/meta-data' },
  }));
  expect(await transportTo(host)(get(url), patience())).toMatchObject({ status: 302 });
  expect(seen.length).toBe(1);
});
