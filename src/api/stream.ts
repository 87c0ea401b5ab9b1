import { z } from 'zod';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { StreamEvent } from '#api-contract';
import { RialtoError } from '#kernel';
import type { ApiErrorCode } from './errors.ts';
import { findPrincipal, requirePermission } from './principal.ts';
import type { Services } from './services.ts';

/** The live streams that are open. */
export type Streams = {
  count(): number;
  /** Ends the streams of one person, or everyone's. */
  endOf(personId?: string): void;
};

/** How far a reader has come: positions of the log and of the warehouse. */
type Place = { readonly log: bigint; readonly warehouse: bigint };

const HEARTBEAT_MS = 20_000;
const STREAMS_MAX = 500;
const WAITING_BYTES_MAX = 1_000_000; // A reader so far behind is cut off; it comes back.
const LastEventId = z.string().regex(/^\d{1,18}-\d{1,18}$/);

/**
 * Serves GET /v1/stream: what happens, until the browser leaves or its session ends. An event's id
 * is the place reached, so a browser that reconnects hears at once what it missed.
 */
export function addStream(app: FastifyInstance, services: Services): Streams {
  const open = new Map<() => void, string>();
  const streams: Streams = {
    count: () => open.size,
    endOf(personId) {
      for (const [end, of] of open) if (personId === undefined || personId === of) end();
    },
  };
  app.addHook('preClose', async () => streams.endOf());
  const schema = { hide: true, querystring: z.strictObject({}) };
  app.get('/v1/stream', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const principal = await findPrincipal(request, services);
    requirePermission(principal, 'records:read');
    if (open.size >= STREAMS_MAX) throw tooManyStreams();
    const mayGoOn = async (): Promise<boolean> =>
      (await findPrincipal(request, services).catch(() => undefined)) !== undefined;
    const { success, data } = LastEventId.safeParse(request.headers['last-event-id']);
    const end = openStream(reply, services, {
      after: success ? placeOf(data) : undefined,
      mayGoOn,
      ended: () => void open.delete(end),
    });
    open.set(end, principal?.id ?? '');
    if (reply.raw.destroyed) end(); // The browser left meanwhile.
  });
  return streams;
}

/** Sends what happens; the answer ends it. A comment now and then keeps proxies awake. */
function openStream(
  reply: FastifyReply,
  services: Services,
  more: {
    readonly after: Place | undefined;
    mayGoOn(): Promise<boolean>;
    ended(): void;
  },
): () => void {
  const { raw } = reply;
  writeHead(reply);
  let place: Place = more.after ?? { log: 0n, warehouse: 0n };
  let over = false;
  const tell = (event: StreamEvent): void => {
    if (over) return;
    place = reached(place, event);
    raw.write(messageOf(event, idOf(place)));
    if (raw.writableLength > WAITING_BYTES_MAX) raw.destroy();
  };
  const unsubscribe = services.subscribe(tell);
  const heartbeat = setInterval(() => {
    raw.write(': here\n\n');
    void more.mayGoOn().then((may) => (may ? undefined : end()));
  }, HEARTBEAT_MS);
  const end = (): void => {
    if (over) return;
    over = true;
    clearInterval(heartbeat);
    unsubscribe();
    more.ended();
    raw.end();
  };
  raw.on('close', end);
  raw.on('error', end);
  const begin = async (): Promise<void> => {
    place = later(place, await catchUp(services, more.after, tell));
    if (!over) raw.write(`id: ${idOf(place)}\n\n`); // No event: where a reconnect begins.
  };
  begin().catch(() => raw.destroy());
  return end;
}

/** Tells a reader that comes back what it missed: how far things are now, and the newest run. */
async function catchUp(
  services: Services,
  after: Place | undefined,
  tell: (event: StreamEvent) => void,
): Promise<Place> {
  const now = await services.warehouse.freshness();
  if (after === undefined) return now;
  if (now.log > after.log) tell({ kind: 'records.changed', position: now.log.toString() });
  if (now.warehouse > after.warehouse) {
    tell({ kind: 'warehouse.loaded', position: now.warehouse.toString() });
  }
  const [run] = (await services.runs.list({ offset: 0, limit: 1 })).rows;
  if (run !== undefined) tell({ kind: 'run.progress', run });
  return now;
}

function writeHead(reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-trace-id': reply.request.id,
  });
  raw.write('retry: 2000\n\n');
}

/** An event as the SSE wire has it. */
const messageOf = (event: StreamEvent, id: string): string =>
  `id: ${id}\nevent: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;

function reached(place: Place, event: StreamEvent): Place {
  switch (event.kind) {
    case 'records.changed':
      return later(place, { ...place, log: BigInt(event.position) });
    case 'warehouse.loaded':
      return later(place, { ...place, warehouse: BigInt(event.position) });
    case 'run.progress':
      return place;
  }
}

const later = (a: Place, b: Place): Place => ({
  log: a.log > b.log ? a.log : b.log,
  warehouse: a.warehouse > b.warehouse ? a.warehouse : b.warehouse,
});

const idOf = ({ log, warehouse }: Place): string => `${log}-${warehouse}`;

function placeOf(id: string): Place {
  const [log = '0', warehouse = '0'] = id.split('-');
  return { log: BigInt(log), warehouse: BigInt(warehouse) };
}

const tooManyStreams = (): RialtoError<ApiErrorCode> =>
  new RialtoError('limited', 'api.too-many-requests', 'opening one more live stream', {
    retryAfterMs: 10_000,
    remedy: 'Close other windows.',
  });
