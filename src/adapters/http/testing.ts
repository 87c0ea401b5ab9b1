/** A small ERP behind REST and JSON that pages in every way there is, and keeps its own books. */
import { onTestFinished } from 'vitest';
import { startServer } from '#adapter-kit/testing';
import type { LocalServer, Reply, SeenRequest } from '#adapter-kit/testing';
import { systemClock } from '#kernel/time';
import type { HttpAdapter, HttpAdapterSettings } from './connect.ts';
import { connectHttp } from './connect.ts';
import { parseHttpProfile } from './profile/profile.ts';
import type { HttpProfile } from './profile/profile.ts';

export type Row = Record<string, unknown> & { id: number; version: number; changedAt: string };

/** What stands in the small ERP; `before` is called as each request comes in. */
export type SmallErp = LocalServer & {
  readonly rows: Row[];
  readonly booked: () => number;
  readonly touch: (id: number) => void;
};

const PAGE = 10;

/** Starts it with rows of orders. `before` may change them while they are read. */
export async function smallErp(
  count = 45,
  before: (request: SeenRequest, rows: Row[], nth: number) => Reply | undefined = () => undefined,
): Promise<SmallErp> {
  const rows = Array.from({ length: count }, (_, at) => rowOf(at + 1));
  let booked = 0;
  const server = await startServer((request, nth) => {
    const given = before(request, rows, nth);
    if (given !== undefined) return given;
    const url = new URL(request.path, 'http://erp.test');
    if (request.method === 'GET') return getReply(url, rows, server.url);
    const reply = bookReply(request, url, rows);
    if (typeof reply === 'object' && (reply.status ?? 200) < 300) booked += 1;
    return reply;
  });
  return {
    ...server,
    rows,
    booked: () => booked,
    touch: (id) => {
      const row = rows.find((one) => one.id === id);
      if (row !== undefined) changed(row);
    },
  };
}

export const rowOf = (id: number): Row => ({
  id,
  number: `PO-${id}`,
  total: '12.50',
  version: 1,
  changedAt: '2026-01-01T00:00:00.000Z',
});

function changed(row: Row): void {
  row.version += 1;
  row.changedAt = systemClock();
}

const json = (
  body: string,
  more: { status?: number; headers?: Record<string, string> } = {},
): Reply => ({
  body,
  headers: { 'content-type': 'application/json' },
  ...more,
});

/** 'total' leaves as a number, as most systems write it. */
const wire = (row: Row): string => JSON.stringify(row).replace(/"total":"([\d.]+)"/, '"total":$1');

function getReply(url: URL, rows: readonly Row[], origin: string): Reply {
  const [, , list = '', id] = url.pathname.split('/');
  if (id !== undefined) {
    const row = rows.find((one) => String(one.id) === id);
    if (row === undefined) return json('{"error":{"code":"NOT_FOUND"}}', { status: 404 });
    return json(wire(row), { headers: { etag: `"${row.version}"` } });
  }
  const reference = url.searchParams.get('reference');
  const since = url.searchParams.get('since');
  const kept = rows
    .filter((row) => reference === null || JSON.stringify(row).includes(reference))
    .filter(({ changedAt }) => since === null || changedAt >= since);
  return pageReply(url, kept, `${origin}/api/${list}`);
}

function pageReply(url: URL, rows: readonly Row[], at: string): Reply {
  const query = url.searchParams;
  const [, , list] = url.pathname.split('/');
  const body = (part: readonly Row[], more = ''): string =>
    `{"data":[${part.map(wire).join(',')}],"total":${rows.length}${more}}`;
  const since = query.has('since') ? `&since=${query.get('since') ?? ''}` : '';
  const start =
    list === 'by-page'
      ? (Number(query.get('page') ?? '1') - 1) * PAGE
      : Number(query.get('offset') ?? query.get('after') ?? '0');
  const part = list === 'whole' ? rows : rows.slice(start, start + PAGE);
  const next = start + PAGE;
  if (list === 'whole' || next >= rows.length) return json(body(part));
  if (list === 'by-cursor') return json(body(part, `,"paging":{"next":"${next}"}`));
  if (list === 'by-link') {
    const link = `<${at}?after=${next}${since}>; rel="next", <${at}>; rel="first"`;
    return json(body(part), { headers: { link } });
  }
  if (list === 'by-next')
    return json(body(part, `,"@odata.nextLink":"by-next?after=${next}${since}"`));
  return json(body(part));
}

function bookReply({ method, headers, body }: SeenRequest, url: URL, rows: Row[]): Reply {
  const given = JSON.parse(body) as Record<string, unknown>;
  const id = Number(url.pathname.split('/')[3] ?? '0');
  if (given['name'] === 'refuse me') {
    const error = { code: 'BAD_NAME', message: 'not that name', field: 'name' };
    return json(JSON.stringify({ error }), { status: 422 });
  }
  if (method === 'POST') {
    const row = { ...rowOf(rows.length + 1), ...given };
    rows.push(row);
    return json(wire(row), { status: 201, headers: { location: `/api/orders/${row.id}` } });
  }
  const row = rows.find((one) => one.id === id);
  if (row === undefined) return json('{}', { status: 404 });
  if (headers['if-match'] !== undefined && headers['if-match'] !== `"${row.version}"`) {
    return json('{"error":{"code":"STALE","message":"it has moved on"}}', { status: 412 });
  }
  changed(row);
  row['changedBy'] = given['ref'];
  return json(wire(row));
}

const listed = { records: 'data', key: 'id', version: { path: 'version' }, changedAt: 'changedAt' };
const size = { parameter: 'limit', rows: PAGE };
const changes = { query: { since: '{since}' } };
const detailOf = (list: string) => ({ path: `/${list}/{key}` });

/** Every way of paging, as entities of one profile. */
export const PAGED = {
  'by-cursor': { style: 'cursor', parameter: 'after', next: 'paging.next', size },
  'by-link': { style: 'link-header', size },
  'by-next': { style: 'next-link', size },
  'by-offset': { style: 'offset', parameter: 'offset', size },
  'by-page': { style: 'page', parameter: 'page', size },
  whole: { style: 'none' },
} as const;

const lookup = {
  path: '/orders',
  query: { reference: '{reference}' },
  records: 'data',
  match: ['ref', 'changedBy'],
  key: 'id',
  version: 'version',
};

export const smallProfile = (more: Record<string, unknown> = {}): HttpProfile =>
  parseHttpProfile({
    name: 'small',
    version: 1,
    title: 'A small ERP',
    auth: { kind: 'none' },
    errors: {
      inside: 'error',
      code: ['error.code'],
      message: ['error.message'],
      field: ['error.field'],
    },
    entities: Object.fromEntries(
      Object.entries(PAGED).map(([list, paging]) => [
        list,
        { ...listed, path: `/${list}`, paging, changes, detail: detailOf(list) },
      ]),
    ),
    operations: {
      'create-purchase-order': {
        method: 'POST',
        path: '/orders',
        body: {
          fields: {
            ref: { reference: true },
            name: { path: 'requester' },
            amount: { path: 'netAmount', as: 'number' },
          },
        },
        result: { key: { path: 'id' }, version: { path: 'version' }, detail: { number: 'number' } },
        lookup,
      },
      'update-purchase-order': {
        method: 'PATCH',
        path: '/orders/{target.key}',
        headers: { 'If-Match': '"{target.version}"' },
        body: { fields: { ref: { reference: true }, name: { path: 'requester' } } },
        result: { version: { path: 'version' } },
        lookup,
      },
    },
    ...more,
  });

/** Connects a server of the loopback, and lets go of it with the test. */
export function connectTo(
  { url }: LocalServer,
  more: Partial<HttpAdapterSettings> = {},
): HttpAdapter {
  const adapter = connectHttp({
    profile: smallProfile(),
    baseUrl: `${url}/api`,
    networks: ['127.0.0.1'],
    sleep: async (_ms, stop) => {
      stop.throwIfAborted();
      await Promise.resolve();
    },
    ...more,
  });
  onTestFinished(async () => await adapter.close());
  return adapter;
}
