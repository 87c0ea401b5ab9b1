/** Rows that shift while they are read, links that lead away, pages that end oddly. */
import { expect, test } from 'vitest';
import type { Cursor, DocumentsPage, PullFrom } from '#adapter-kit';
import { stillClock } from '#adapter-kit/testing';
import type { SeenRequest } from '#adapter-kit/testing';
import type { HttpAdapter } from './connect.ts';
import { connectTo, PAGED, rowOf, smallErp, smallProfile } from './testing.ts';
import type { SmallErp } from './testing.ts';

const patience = (): AbortSignal => AbortSignal.timeout(20_000);

async function pull(
  adapter: HttpAdapter,
  entity: string,
  from: PullFrom = { mode: 'snapshot' },
): Promise<DocumentsPage[]> {
  const pages: DocumentsPage[] = [];
  for await (const page of adapter.pull(entity, from, patience())) pages.push(page);
  return pages;
}

const keysOf = (pages: readonly DocumentsPage[]): Set<string> =>
  new Set(pages.flatMap(({ documents }) => documents.map(({ key }) => key)));

/** An ERP whose first rows vanish while its list is read. */
const vanishing = async (rows = 45, each = 3): Promise<SmallErp> =>
  await smallErp(rows, ({ path }, left, nth) => {
    if (path.includes('/by-') && nth > 1 && nth <= 1 + each) left.splice(0, 2);
    return undefined;
  });

test.each(['by-offset', 'by-page'])(
  'rows taken out while %s is read make no other row be passed over',
  async (list) => {
    const erp = await vanishing();
    const keys = keysOf(await pull(connectTo(erp), list));
    const stayed = erp.rows.map(({ id }) => String(id));
    expect(stayed.length).toBe(39);
    expect(stayed.filter((key) => !keys.has(key))).toEqual([]);
  },
);

test.each(['by-offset', 'by-page'])(
  'rows put in while %s is read make no other row be passed over',
  async (list) => {
    const erp = await smallErp(45, (_, rows, nth) => {
      if (nth > 1 && nth < 5) rows.unshift(rowOf(1000 + nth));
      return undefined;
    });
    const keys = keysOf(await pull(connectTo(erp), list));
    for (let id = 1; id <= 45; id += 1) expect(keys).toContain(String(id));
  },
);

test.each(['by-offset', 'by-page'])(
  'rows taken out between stopping and going on with %s are noticed as well',
  async (list) => {
    const erp = await smallErp();
    const [first, second] = await pull(connectTo(erp), list);
    erp.rows.splice(0, 25);
    const after = second?.next ?? first?.next;
    const rest = await pull(connectTo(erp), list, { mode: 'snapshot', ...(after && { after }) });
    const keys = keysOf([...(first ? [first] : []), ...(second ? [second] : []), ...rest]);
    expect(erp.rows.filter(({ id }) => !keys.has(String(id)))).toEqual([]);
  },
);

test('rows that never come to rest end in an error instead of a gap', async () => {
  let fresh = 1000;
  const erp = await smallErp(400, (_, rows) => {
    rows.splice(0, 15); // More than a page with each request.
    rows.push(...Array.from({ length: 15 }, () => rowOf((fresh += 1))));
    return undefined;
  });
  await expect(pull(connectTo(erp), 'by-offset')).rejects.toMatchObject({
    code: 'http.source-shifted',
    kind: 'conflict',
  });
});

const stable = (style: 'page' | 'offset', more: object) => {
  const { entities } = smallProfile();
  const list = `by-${style}` as const;
  const paging = { ...PAGED[list], ...more };
  return smallProfile({ entities: { [list]: { ...entities[list], paging } } });
};

test.each(['page', 'offset'] as const)(
  'pages by %s that are promised to be stable are asked for several at once, and come in order',
  async (style) => {
    let most = 0;
    let now = 0;
    const erp = await smallErp(150, () => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
      }, 5);
      return undefined;
    });
    const profile = stable(style, { stable: true, total: 'total' });
    const pages = await pull(connectTo(erp, { profile }), `by-${style}`);
    const keys = pages.flatMap(({ documents }) => documents.map(({ key }) => Number(key)));
    expect(keys).toEqual(Array.from({ length: 150 }, (_, at) => at + 1));
    expect(most).toBeGreaterThan(1);
    expect(pages[0]?.expected).toBe(150);
  },
);

test('a page that breaks the promise to be stable is an error', async () => {
  const erp = await smallErp(45, (_, __, nth) =>
    nth === 2 ? { body: '{"data":[{"id":11}],"total":45}' } : undefined,
  );
  const profile = stable('offset', { stable: true, total: 'total' });
  await expect(pull(connectTo(erp, { profile }), 'by-offset')).rejects.toMatchObject({
    code: 'http.source-shifted',
  });
});

test('a page number beyond the last that is an error to the system is the end', async () => {
  const erp = await smallErp(20, ({ path }) =>
    path.includes('page=3') ? { status: 404, body: '{"detail":"Invalid page."}' } : undefined,
  );
  const pages = await pull(connectTo(erp), 'by-page');
  expect(keysOf(pages).size).toBe(20);
  expect(pages.at(-1)?.last).toBe(true);
});

const answering = async (body: string, headers: Record<string, string> = {}): Promise<SmallErp> =>
  await smallErp(45, () => ({ body, headers }));

test('a link to another host, or out of the base URL, is not followed', async () => {
  const links = ['http://evil.test/api/by-next', '//evil.test/x', '/other/by-next', '../secret'];
  for (const link of links) {
    const erp = await answering(JSON.stringify({ data: [{ id: 1 }], '@odata.nextLink': link }));
    await expect(pull(connectTo(erp), 'by-next')).rejects.toMatchObject({ kind: 'forbidden' });
    expect(erp.seen.length).toBe(1);
  }
});

test('a key in the query that a link repeats is not kept in the cursor', async () => {
  const next = '/api/by-next?after=10&api_key=hush-hush';
  const erp = await smallErp(45, (_, __, nth) =>
    nth === 1
      ? { body: JSON.stringify({ data: [{ id: 1 }], '@odata.nextLink': next }) }
      : undefined,
  );
  const profile = smallProfile({ auth: { kind: 'api-key', in: 'query', name: 'api_key' } });
  const adapter = connectTo(erp, { profile, credentials: { apiKey: 'hush-hush' } });
  const pages = await pull(adapter, 'by-next');
  expect(JSON.stringify(pages)).not.toContain('hush-hush');
  expect(erp.seen.every(({ path }) => path.includes('api_key=hush-hush'))).toBe(true);
});

test('a page that names itself as the next one is an error', async () => {
  const erp = await answering('{"data":[{"id":1}],"paging":{"next":"7"}}');
  await expect(pull(connectTo(erp), 'by-cursor')).rejects.toMatchObject({
    code: 'http.paging-stuck',
  });
});

test('a cursor that the system has forgotten asks to read anew', async () => {
  const erp = await smallErp();
  const [first] = await pull(connectTo(erp), 'by-cursor');
  const forgetful = await smallErp(45, () => ({ status: 410, body: '{}' }));
  const going = pull(connectTo(forgetful), 'by-cursor', {
    mode: 'snapshot',
    ...(first && { after: first.next }),
  });
  await expect(going).rejects.toMatchObject({ code: 'http.cursor-expired', kind: 'conflict' });
});

test("another entity's cursor, one of our making, and a snapshot's for changes are malformed", async () => {
  const adapter = connectTo(await smallErp());
  const [page] = await pull(adapter, 'by-link');
  const next = page?.next;
  if (next === undefined) throw new Error('there is a page');
  for (const [list, from] of [
    ['by-next', { mode: 'snapshot', after: next }],
    ['by-link', { mode: 'changes', after: next }],
    ['by-link', { mode: 'snapshot', after: 'made up' as typeof next }],
  ] as const) {
    await expect(pull(adapter, list, from)).rejects.toMatchObject({
      code: 'http.cursor-malformed',
    });
  }
});

test('an answer that is no JSON, or has no list, is told as such', async () => {
  const page = await answering('<html>Please sign in</html>');
  await expect(pull(connectTo(page), 'whole')).rejects.toMatchObject({
    code: 'http.unexpected-answer',
    kind: 'unavailable',
  });
  const other = await answering('{"items":[]}');
  await expect(pull(connectTo(other), 'whole')).rejects.toMatchObject({
    code: 'http.unexpected-answer',
    kind: 'invalid',
  });
});

test('a list of thousands comes in pages of at most 2,000, and what is no document is told', async () => {
  const rows = Array.from({ length: 4500 }, (_, at) => ({ id: at + 1 }));
  const erp = await answering(JSON.stringify({ data: [...rows, { name: 'no key' }, 'text'] }));
  const pages = await pull(connectTo(erp), 'whole');
  expect(pages.map(({ documents }) => documents.length)).toEqual([2000, 2000, 500]);
  expect(pages.at(-1)?.problems).toEqual([
    { reason: 'has no key: nothing stands at id', raw: '{"name":"no key"}' },
    { reason: 'is no JSON object', raw: '"text"' },
  ]);
});

test('amounts are taken as they are written', async () => {
  const adapter = connectTo(await smallErp());
  const [first] = await pull(adapter, 'whole');
  expect(first?.documents[0]?.content).toMatchObject({ id: '1', total: '12.50', number: 'PO-1' });
});

test('a list that says too little is completed document by document, with the header version', async () => {
  const { entities } = smallProfile();
  const detail = { path: '/by-link/{key}', each: true };
  const profile = smallProfile({
    entities: { 'by-link': { ...entities['by-link'], version: { header: 'etag' }, detail } },
  });
  const erp = await smallErp(15, ({ path }) =>
    path.endsWith('by-link/4') ? { status: 404, body: '{}' } : undefined,
  );
  const documents = (await pull(connectTo(erp, { profile }), 'by-link')).flatMap((page) => [
    ...page.documents,
  ]);
  expect(documents.length).toBe(14); // One vanished between list and detail.
  expect(documents[0]).toMatchObject({ key: '1', version: '"1"' });
});

test('changes are asked for as the system writes a moment, safely before the snapshot began', async () => {
  const { entities } = smallProfile();
  const asked: SeenRequest[] = [];
  const erp = await smallErp(3, (request) => {
    asked.push(request);
    return { headers: { date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, body: '{"data":[{"id":1}]}' };
  });
  for (const [format, written] of [
    ['rfc3339', '2026-11-21T11:59:00.000Z'],
    ['rfc3339-seconds', '2026-11-21T11:59:00Z'],
    ['date', '2026-11-21'],
    ['epoch-seconds', '1795262340'],
    ['epoch-ms', '1795262340000'],
  ]) {
    const changes = { query: { $filter: "changed ge '{since}'" }, format };
    const profile = smallProfile({ entities: { whole: { ...entities['whole'], changes } } });
    const adapter = connectTo(erp, { profile });
    const [page] = await pull(adapter, 'whole');
    await pull(adapter, 'whole', {
      mode: 'changes',
      ...(page?.changesFrom && { after: page.changesFrom }),
    } as PullFrom);
    const query = new URL(asked.at(-1)?.path ?? '', erp.url).searchParams;
    expect(query.get('$filter')).toBe(`changed ge '${written}'`);
  }
});

test.each([
  { name: 'before what was last read', laterMs: 1_000, ownMs: 1_000 },
  { name: 'beside our own', laterMs: 3_600_000, ownMs: 3_900_000 },
])('a clock that was set back, $name, makes everything be read again', async (step) => {
  const { entities } = smallProfile();
  const changes = { query: { since: '{since}' }, overlapSeconds: 60 };
  const profile = smallProfile({ entities: { whole: { ...entities['whole'], changes } } });
  const noon = Date.UTC(2026, 10, 21, 12);
  let theirs = noon;
  const erp = await smallErp(3, () => ({
    headers: { date: new Date(theirs).toUTCString() },
    body: '{"data":[{"id":1}]}',
  }));
  const own = stillClock();
  const adapter = connectTo(erp, { profile, clock: own.clock });
  const next = async (after: Cursor | undefined): Promise<Cursor | undefined> => {
    if (after === undefined) throw new Error('there is no place to go on from');
    return (await pull(adapter, 'whole', { mode: 'changes', after })).at(-1)?.next;
  };
  const [whole] = await pull(adapter, 'whole');
  own.pass(1_000);
  theirs += 1_000 - 50_000; // Within the overlap: nothing is passed over.
  const place = await next(whole?.changesFrom);
  own.pass(step.ownMs);
  theirs = noon + step.laterMs - (step.name.startsWith('before') ? 120_000 : 0);
  await expect(next(place)).rejects.toMatchObject({ code: 'adapter-kit.changes-lost' });
});

test('what the system reports as gone comes as deleted', async () => {
  const { entities } = smallProfile();
  const deleted = { path: 'gone', is: ['true', '1'] };
  const profile = smallProfile({ entities: { whole: { ...entities['whole'], deleted } } });
  const erp = await answering('{"data":[{"id":1,"gone":true},{"id":2,"gone":0}]}');
  const adapter = connectTo(erp, { profile });
  expect(adapter.capabilities.deletions).toBe('reported');
  const [page] = await pull(adapter, 'whole');
  expect(page?.documents.map((one) => one.deleted)).toEqual([true, undefined]);
});

test('a list without changes is read whole each time', async () => {
  const { entities } = smallProfile();
  const { changes: _, ...whole } = entities['whole'] ?? {};
  const adapter = connectTo(await smallErp(), { profile: smallProfile({ entities: { whole } }) });
  expect(adapter.capabilities.reads).toEqual({ whole: 'snapshot' });
  expect((await pull(adapter, 'whole')).at(-1)?.changesFrom).toBeUndefined();
});
