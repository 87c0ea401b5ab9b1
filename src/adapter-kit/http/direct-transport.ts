import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { callbackify, promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Agent, buildConnector, request as undiciRequest } from 'undici';
import type { Dispatcher } from 'undici';
import { refusalOfAddress, refusalOfUrl } from './destinations.ts';
import type { Destinations } from './destinations.ts';
import { TransportFailure } from './wire.ts';
import type { Transport, WireRequest, WireResponse } from './wire.ts';

/** Asks the names of all addresses of a host. The system's own resolver unless handed in. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** What a direct connection is held to. */
export type DirectSettings = {
  readonly destinations: Destinations;
  readonly connectTimeoutMs?: number; // 10,000, the TLS handshake included.
  readonly answerBytesMax?: number; // 32 MiB, unpacked.
  readonly certificateAuthority?: string; // PEM: trusted instead of the public ones.
  readonly resolve?: Resolve;
};

type Carrier = { readonly agent: Agent; readonly answerBytesMax: number };

const ANSWER_BYTES_MAX = 32 * 1024 * 1024;
const unpack = promisify(gunzip);

/**
 * Connects straight to the host, never through a redirect. Addresses are checked as the connection
 * is made, so a name that changes its address between looking and connecting gains nothing.
 */
export function directTransport(settings: DirectSettings): Transport & { close(): Promise<void> } {
  const { destinations, answerBytesMax = ANSWER_BYTES_MAX } = settings;
  const agent = new Agent({ connect: guardedConnector(settings), pipelining: 1 });
  const carry: Transport = async (request, stop) => {
    const refusal = refusalOfUrl(new URL(request.url), destinations);
    if (refusal !== undefined) throw new TransportFailure('refused', refusal);
    return await carryOnce({ agent, answerBytesMax }, request, stop);
  };
  return Object.assign(carry, { close: async () => await agent.destroy() });
}

async function carryOnce(
  { agent, answerBytesMax }: Carrier,
  { method, url, headers, body }: WireRequest,
  stop: AbortSignal,
): Promise<WireResponse> {
  let begun = false; // The first byte went out.
  const dispatcher = agent.compose(
    (dispatch) => (options, handler) =>
      dispatch(
        options,
        noting(handler, () => {
          begun ||= !stop.aborted; // A request that was stopped before is never begun.
        }),
      ),
  );
  const sending = undiciRequest(url, {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- undici checks the method.
    method: method as 'GET',
    headers: { 'accept-encoding': 'gzip', ...headers },
    body: body ?? null,
    dispatcher,
    signal: stop,
    headersTimeout: 0, // The caller's signal holds the time.
    bodyTimeout: 0,
  });
  const stopped = stopsUnbegun(stop, () => begun);
  try {
    const answer = await Promise.race([sending, stopped.promise]);
    const bytes = await readAtMost(answer.body, answerBytesMax);
    const flat = flatHeaders(answer.headers);
    const packed = flat['content-encoding'] === 'gzip' && bytes.length > 0;
    const plain = packed ? await unpacked(bytes, answerBytesMax) : bytes;
    return { status: answer.statusCode, headers: flat, body: textOf(plain, flat['content-type']) };
  } catch (error) {
    throw failureOf(error, begun);
  } finally {
    stopped.end();
  }
}

/** The same handler, which also says when its request goes out. */
const noting = (
  handler: Dispatcher.DispatchHandler,
  note: () => void,
): Dispatcher.DispatchHandler => ({
  onRequestStart: (controller, context) => {
    note();
    handler.onRequestStart?.(controller, context);
  },
  onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
  onResponseStart: (...given) => handler.onResponseStart?.(...given),
  onResponseData: (...given) => handler.onResponseData?.(...given),
  onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
  onResponseError: (...given) => handler.onResponseError?.(...given),
});

/** Fails as soon as it is stopped while connecting, without waiting for the connection. */
function stopsUnbegun(
  stop: AbortSignal,
  begun: () => boolean,
): { readonly promise: Promise<never>; readonly end: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined); // When nobody waits any more.
  const onStop = (): void => {
    if (!begun()) reject(new TransportFailure('not-sent', 'stopped before it was sent'));
  };
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  return { promise, end: () => stop.removeEventListener('abort', onStop) };
}

/** Makes connections, each checked at the address it is made to. */
function guardedConnector({
  destinations,
  connectTimeoutMs = 10_000,
  certificateAuthority,
  resolve = resolveAll,
}: DirectSettings): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: guardedLookup(destinations, resolve),
    ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
  });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const refusal = isIP(host) === 0 ? undefined : refusalOfAddress(host, destinations);
    if (refusal !== undefined) return callback(new TransportFailure('refused', refusal), null);
    connect(options, (error, socket) => {
      if (error !== null || socket === null) {
        return callback(notSent(error), null);
      }
      const late = refusalOfAddress(socket.remoteAddress ?? '', destinations);
      if (late === undefined) return callback(null, socket);
      socket.destroy();
      callback(new TransportFailure('refused', late), null);
    });
  };
}

/** One forbidden address among those of a name is enough to refuse the name. */
function guardedLookup(destinations: Destinations, resolve: Resolve): LookupFunction {
  const look = callbackify(async (host: string) => {
    const addresses = await resolve(host);
    const refused = addresses
      .map(({ address }) => refusalOfAddress(address, destinations))
      .find((refusal) => refusal !== undefined);
    if (refused !== undefined) throw new TransportFailure('refused', `${host}: ${refused}`);
    return addresses;
  });
  return (host, options, callback) => {
    look(host, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(notSent(error), []);
      else if (first === undefined) callback(notSent(new Error(`${host} has no address`)), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

const resolveAll: Resolve = async (host) => await promisify(systemLookup)(host, { all: true });

function notSent(error: unknown): TransportFailure {
  return error instanceof TransportFailure
    ? error
    : new TransportFailure('not-sent', reasonOf(error));
}

function failureOf(error: unknown, begun: boolean): TransportFailure {
  let at = error;
  while (at instanceof Error) {
    if (at instanceof TransportFailure) return at;
    at = at.cause;
  }
  return new TransportFailure(begun ? 'uncertain' : 'not-sent', reasonOf(error));
}

/** A code says most, and holds nothing that was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const { code } = error as NodeJS.ErrnoException;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'stopped or timed out';
  return code === undefined ? error.message : `${code}: ${error.message}`;
}

async function readAtMost(body: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > most) throw new TransportFailure('unreadable', `the answer is over ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function unpacked(bytes: Buffer, most: number): Promise<Buffer> {
  try {
    return await unpack(bytes, { maxOutputLength: most });
  } catch (error) {
    throw new TransportFailure('unreadable', `the packed answer: ${reasonOf(error)}`);
  }
}

function textOf(bytes: Buffer, contentType = ''): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    throw new TransportFailure('unreadable', `the answer is not text in ${charset}`);
  }
}

function flatHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name.toLowerCase(), typeof value === 'string' ? value : value.join(', ')]],
    ),
  );
}
