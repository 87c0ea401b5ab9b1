import { expect, test } from 'vitest';
import type { Command, WriteOutcome } from '#adapter-kit';
import type { Reply, SeenRequest } from '#adapter-kit/testing';
import type { HttpAdapter, HttpAdapterSettings } from './connect.ts';
import { connectHttp } from './connect.ts';
import { connectTo, smallErp, smallProfile } from './testing.ts';
import type { SmallErp } from './testing.ts';

const patience = (): AbortSignal => AbortSignal.timeout(10_000);

const command = (more: Partial<Command> = {}): Command => ({
  operation: 'create-purchase-order',
  reference: 'RIALTO-1',
  payload: { requester: 'ann', netAmount: '12.50' },
  ...more,
});

async function answering(
  reply: (request: SeenRequest, nth: number) => Reply | undefined,
  more: Partial<HttpAdapterSettings> = {},
): Promise<{ erp: SmallErp; adapter: HttpAdapter }> {
  const erp = await smallErp(5, (request, _, nth) => reply(request, nth));
  return { erp, adapter: connectTo(erp, more) };
}

const write = async (adapter: HttpAdapter, one = command()): Promise<WriteOutcome | undefined> =>
  await adapter.writer?.write(one, patience());

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: JSON.stringify(body),
});

test('what is sent is what the profile says, amounts digit by digit', async () => {
  const { erp, adapter } = await answering(() => undefined);
  expect(await write(adapter)).toEqual({
    outcome: 'accepted',
    key: '6',
    version: '1',
    detail: { number: 'PO-6' },
  });
  expect(erp.seen.at(-1)?.body).toBe('{"ref":"RIALTO-1","name":"ann","amount":12.50}');
  expect(erp.seen.at(-1)?.headers['content-type']).toBe('application/json');
});

test('a change says which version it means; without one known it says none', async () => {
  const { erp, adapter } = await answering(() => undefined);
  const change = {
    operation: 'update-purchase-order',
    target: { key: '2', version: '1' },
  } as const;
  expect(await write(adapter, command(change))).toMatchObject({ outcome: 'accepted', key: '2' });
  expect(erp.seen.at(-1)?.headers['if-match']).toBe('"1"');
  expect(await write(adapter, command({ ...change, target: { key: '2' } }))).toMatchObject({
    outcome: 'accepted',
  });
  expect(erp.seen.at(-1)?.headers['if-match']).toBeUndefined();
});

test('what the system refuses is rejected with its own words', async () => {
  const { adapter } = await answering(() => undefined);
  expect(await write(adapter, command({ payload: { requester: 'refuse me' } }))).toEqual({
    outcome: 'rejected',
    why: 'invalid',
    code: 'BAD_NAME',
    reason: 'not that name',
    field: 'name',
  });
});

test('what does not fit the profile is rejected before anything is sent', async () => {
  const { erp, adapter } = await answering(() => undefined);
  expect(await write(adapter, command({ payload: { netAmount: 'much' } }))).toMatchObject({
    outcome: 'rejected',
    why: 'invalid',
    field: 'netAmount',
  });
  expect(await write(adapter, command({ operation: 'update-purchase-order' }))).toMatchObject({
    outcome: 'rejected',
    why: 'invalid',
    field: 'target',
  });
  expect(erp.seen.length).toBe(0);
});

test('a failure of the server, a cut and a silence are uncertain, and sent once', async () => {
  const replies: Reply[] = [
    json({}, 500),
    json({}, 502),
    json({}, 503, { 'retry-after': '1' }),
    json({}, 504),
    json({}, 408),
    (response) => response.destroy(),
    () => undefined,
  ];
  for (const reply of replies) {
    const { erp, adapter } = await answering(() => reply, { limits: { requestMs: 2000 } });
    expect(await write(adapter)).toMatchObject({ outcome: 'uncertain' });
    expect(erp.seen.length).toBe(1);
  }
});

test('a system that says to wait is rejected with the wait', async () => {
  const { erp, adapter } = await answering(() => json({}, 429, { 'retry-after': '3' }));
  expect(await write(adapter)).toMatchObject({
    outcome: 'rejected',
    why: 'limited',
    retryAfterMs: 3000,
  });
  expect(erp.seen.length).toBe(1);
});

test('a success without a key is uncertain: only a lookup can name it', async () => {
  const { adapter } = await answering(() => json({}, 201));
  expect(await write(adapter)).toMatchObject({ outcome: 'uncertain' });
});

test('an answer that cannot be read leaves a write uncertain', async () => {
  const { adapter } = await answering(() => ({ status: 201, body: Buffer.from([0xff, 0xfe]) }));
  expect(await write(adapter)).toMatchObject({ outcome: 'uncertain' });
});

test('the key may stand in the Location, in any of its writings', async () => {
  const { operations } = smallProfile();
  const create = {
    ...operations['create-purchase-order'],
    result: { key: { header: 'location' } },
  };
  const profile = smallProfile({ operations: { 'create-purchase-order': create } });
  for (const [location, key] of [
    ['https://erp.test/api/orders/A%2F1', 'A/1'],
    ['/api/orders/77?x=1', '77'],
    ["/odata/Orders('B-2')", 'B-2'],
    ['/odata/Orders(3)/', '3'],
  ]) {
    const { adapter } = await answering(() => json('', 204, { location: location ?? '' }), {
      profile,
    });
    expect(await write(adapter)).toMatchObject({ outcome: 'accepted', key });
  }
});

test('a preview shows the request without what signs it, and what does not fit', async () => {
  const { adapter, erp } = await answering(() => undefined, {
    profile: smallProfile({ auth: { kind: 'basic' } }),
    credentials: { user: 'u', password: 'hush-hush' },
  });
  const change = {
    operation: 'update-purchase-order',
    target: { key: 'A/2', version: '7' },
  } as const;
  expect(adapter.writer?.preview(command(change))).toEqual({
    method: 'PATCH',
    url: `${erp.url}/api/orders/A%2F2`,
    headers: { 'content-type': 'application/json', 'If-Match': '"7"' },
    body: '{"ref":"RIALTO-1","name":"ann"}',
  });
  expect(adapter.writer?.preview(command({ payload: { netAmount: 'x' } }))).toEqual({
    misfits: [{ field: 'netAmount', reason: "is no number: 'x'" }],
  });
  expect(adapter.writer?.preview(command({ operation: 'create-item' }))).toEqual({
    unsupported: 'create-item',
  });
});

test('a lookup takes a reference to the letter, whatever the system found', async () => {
  const rows = [
    { id: 1, ref: 'RIALTO-10' },
    { id: 2, ref: 'rialto-1' },
    { id: 3, ref: 'x', changedBy: ['RIALTO-1'], version: 4 },
  ];
  const { adapter } = await answering(() => json({ data: rows }));
  expect(await adapter.writer?.lookup(command(), patience())).toEqual({ key: '3', version: '4' });
  const other = command({ reference: 'RIALTO-2' });
  expect(await adapter.writer?.lookup(other, patience())).toBeUndefined();
});

test('what was booked twice is found with its double named', async () => {
  const rows = [1, 2, 3].map((id) => ({ id, ref: 'RIALTO-1' }));
  const { adapter } = await answering(() => json({ data: rows }));
  expect(await adapter.writer?.lookup(command(), patience())).toEqual({
    key: '1',
    detail: { alsoBookedAs: ['2', '3'] },
  });
});

test('a lookup that is not answered clearly throws: it never means "not there"', async () => {
  const replies: Reply[] = [
    json({}, 404),
    json({}, 500),
    json({ error: { code: 'X' } }),
    json({ rows: [] }),
    { body: '<html>' },
    json({ data: [{ ref: 'RIALTO-1' }] }), // Ours, but without a key.
    (response) => response.destroy(),
  ];
  for (const reply of replies) {
    const { adapter } = await answering(() => reply, { limits: { attemptsMax: 1 } });
    await expect(adapter.writer?.lookup(command(), patience())).rejects.toMatchObject({
      name: 'RialtoError',
    });
  }
});

test('where a reference is part of the address, 404 is the answer "not there"', async () => {
  const { operations } = smallProfile();
  const create = operations['create-purchase-order'];
  const lookup = { path: '/orders/by-ref/{reference}', records: '', match: ['ref'], key: 'id' };
  const profile = smallProfile({
    operations: { 'create-purchase-order': { ...create, lookup } },
  });
  const { adapter } = await answering(
    ({ path }) => (path.endsWith('RIALTO-1') ? json({ id: 9, ref: 'RIALTO-1' }) : json({}, 404)),
    { profile },
  );
  expect(await adapter.writer?.lookup(command(), patience())).toEqual({ key: '9' });
  const other = command({ reference: 'RIALTO-2' });
  expect(await adapter.writer?.lookup(other, patience())).toBeUndefined();
});

test('the check of a connection names what is wrong with each part, and writes nothing', async () => {
  const { adapter, erp } = await answering(
    ({ path }) => {
      if (path.includes('by-page')) return json({}, 403);
      if (path.includes('by-link')) return json({ rows: [] });
      if (path.includes('by-next')) return json({ data: [{ name: 'no key' }] });
      return undefined;
    },
    { profile: smallProfile({ health: '/health' }) },
  );
  const checks = await adapter.test(patience());
  const said = Object.fromEntries(
    checks.map(({ check, ok, detail }) => [check, `${ok} ${detail}`]),
  );
  expect(said['health: /health']).toMatch(/^(true|false) /);
  expect(said['read by-cursor']).toBe('true 5 on the first page');
  expect(said['read by-page']).toMatch(/^false .*403.*Give the user/s);
  expect(said['read by-link']).toMatch(/^false .*'data' of the answer is no list/s);
  expect(said['read by-next']).toMatch(/^false .*has no key/s);
  expect(said['look up create-purchase-order']).toBe('true it can be asked for our references');
  expect(erp.seen.every(({ method }) => method === 'GET')).toBe(true);
});

test('a system that repeats what it was sent gives no secret away', async () => {
  const log: unknown[] = [];
  const { adapter } = await answering(
    ({ headers, path }) =>
      json({ error: { code: 'E', message: `${headers['authorization']} at ${path}` } }, 400),
    {
      profile: smallProfile({ auth: { kind: 'basic' } }),
      credentials: { user: 'u', password: 'hush-hush' },
      log: (exchange) => log.push(exchange),
    },
  );
  const error: unknown = await adapter.fetch('whole', '1', patience()).catch((one: unknown) => one);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  const told = JSON.stringify([
    await write(adapter),
    await adapter.test(patience()),
    adapter.writer?.preview(command()),
    log,
    `${String(error)} ${cause}`,
  ]);
  expect(told).toContain('***');
  expect(told).not.toContain('hush-hush');
  expect(told).not.toContain(Buffer.from('u:hush-hush').toString('base64'));
});

test('a connection without its credentials, or to a base URL that cannot be, is refused', () => {
  const profile = smallProfile({ auth: { kind: 'basic' } });
  const connect = (more: Partial<HttpAdapterSettings>) => () =>
    connectHttp({ profile, baseUrl: 'https://erp.test', ...more });
  expect(connect({ credentials: { user: 'u' } })).toThrow(
    expect.objectContaining({
      code: 'http.credential-missing',
      remedy: 'Signing in by basic needs the credentials: password.',
    }),
  );
  const credentials = { user: 'u', password: 'p' };
  for (const baseUrl of [
    'ftp://erp.test',
    'erp.test',
    'https://u:p@erp.test',
    'https://e.test/?a=1',
  ]) {
    expect(connect({ credentials, baseUrl })).toThrow(
      expect.objectContaining({ code: 'http.settings-invalid' }),
    );
  }
  expect(connect({ credentials, networks: ['10.0.0.0/99'] })).toThrow(
    expect.objectContaining({ code: 'http.settings-invalid' }),
  );
});

test('a private address is not connected to unless the integration allows its network', async () => {
  const erp = await smallErp();
  const adapter = connectTo(erp, { networks: [] });
  await expect(adapter.fetch('whole', '1', patience())).rejects.toMatchObject({
    code: 'adapter-kit.destination-refused',
  });
  expect(await write(adapter)).toMatchObject({ outcome: 'rejected', why: 'forbidden' });
  expect(erp.seen.length).toBe(0);
});
