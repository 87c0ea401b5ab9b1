import { assert, RialtoError } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { kitError } from '../errors.ts';
import type { Exchange, ExchangeLog } from '../exchange.ts';
import type { Authentication } from './authentication.ts';
import { backoffMs, systemSleep } from './backoff.ts';
import type { Random, Sleep } from './backoff.ts';
import { createLine } from './line.ts';
import type { HostState, Line } from './line.ts';
import { createMask, maskRequest, maskResponse } from './mask.ts';
import type { Mask } from './mask.ts';
import { retryAfterMs } from './retry-after.ts';
import { TransportFailure } from './wire.ts';
import type { Transport, WireRequest, WireResponse } from './wire.ts';

/** What sending a request twice would do. */
export type Safety =
  | 'read' // Nothing: it is sent again whenever that may help.
  | 'idempotent' // Nothing, the host promises: sent again when it asks for that by Retry-After.
  | 'write'; // Perhaps a second booking: sent again only when it never left.

export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly safety?: Safety; // Absent: GET and HEAD read, everything else writes.
  /** Whether an answer says 'not now' in its own way: a reading is then sent again. */
  readonly isPassing?: (answer: WireResponse) => boolean;
};

export type HttpLimits = {
  readonly requestMs: number; // One attempt, from connecting to the last byte.
  readonly callMs: number; // All attempts of one call and the waits between.
  readonly attemptsMax: number;
  readonly concurrencyMax: number; // At once, per host.
};

export type HttpSettings = {
  readonly transport: Transport;
  readonly authentication?: (send: Send) => Authentication; // `send` is without authentication.
  readonly log?: ExchangeLog;
  readonly secretNames?: readonly string[]; // Masked beside what always is.
  readonly clock: Clock;
  readonly random: Random;
  readonly sleep?: Sleep;
  readonly limits?: Partial<HttpLimits>;
};

/**
 * Sends one request and gives the answer, whatever its status. No answer is an error: 'unavailable'
 * when nothing happened, 'uncertain' when a write may have been booked.
 */
export type Send = (request: HttpRequest, stop: AbortSignal) => Promise<WireResponse>;

export type HttpClient = {
  readonly send: Send;
  readonly mask: Mask;
  state(): readonly HostState[];
};

export const DEFAULT_LIMITS: HttpLimits = {
  requestMs: 30_000,
  callMs: 120_000,
  attemptsMax: 6,
  concurrencyMax: 16,
};

type Wiring = Omit<HttpSettings, 'authentication' | 'limits' | 'sleep'> & {
  readonly authentication: Authentication | undefined;
  readonly limits: HttpLimits;
  readonly line: Line;
  readonly mask: Mask;
  readonly sleep: Sleep;
};

type Call = {
  readonly request: HttpRequest;
  readonly safety: Safety;
  readonly stop: AbortSignal; // The caller's, or the call's own end.
  readonly endsAtMs: number;
};

type Outcome = { readonly answer: WireResponse } | { readonly failure: TransportFailure };

/** Makes a client. Everything it says of requests and answers, to log or error, is masked. */
export function createHttpClient(settings: HttpSettings): HttpClient {
  const { sleep = systemSleep, clock } = settings;
  const limits = { ...DEFAULT_LIMITS, ...settings.limits };
  const mask = createMask({
    names: settings.secretNames ?? [],
    secrets: () => authentication?.secrets() ?? [],
  });
  const line = createLine({ clock, sleep, most: limits.concurrencyMax });
  const wiring = { ...settings, limits, line, mask, sleep, authentication: undefined };
  const authentication = settings.authentication?.(
    async (request, stop) => await converse(wiring, request, stop),
  );
  return {
    send: async (request, stop) => await converse({ ...wiring, authentication }, request, stop),
    mask,
    state: () => line.state(),
  };
}

async function converse(
  wiring: Wiring,
  request: HttpRequest,
  stop: AbortSignal,
): Promise<WireResponse> {
  stop.throwIfAborted();
  assert(URL.canParse(request.url), 'a request names a whole URL');
  const endsAtMs = millisecondsOf(wiring.clock()) + wiring.limits.callMs;
  const safety = request.safety ?? (/^(GET|HEAD)$/.test(request.method) ? 'read' : 'write');
  const call = { request, safety, stop, endsAtMs };
  let renewed = false;
  for (let attempt = 1; ; attempt += 1) {
    const signed = await signedRequest(wiring, call);
    const outcome = await attemptOnce(wiring, call, signed, attempt);
    if ('answer' in outcome && outcome.answer.status === 401 && !renewed) {
      renewed = true;
      if ((await wiring.authentication?.renew(signed, stop)) === true) continue;
    }
    const waitMs = waitBeforeRetry(wiring, call, outcome, attempt);
    if (waitMs === undefined) return settled(wiring, call, outcome);
    await wiring.sleep(waitMs, stop);
  }
}

async function signedRequest(wiring: Wiring, { request, stop }: Call): Promise<WireRequest> {
  const { method, url, headers = {}, body } = request;
  const plain = {
    method,
    url,
    headers: { accept: 'application/json', 'user-agent': 'rialto', ...lowerCase(headers) },
    ...(body === undefined ? {} : { body }),
  };
  return (await wiring.authentication?.sign(plain, stop)) ?? plain;
}

/** One request over the wire, in its turn. Throws only when nothing was sent. */
async function attemptOnce(
  wiring: Wiring,
  call: Call,
  signed: WireRequest,
  attempt: number,
): Promise<Outcome> {
  const { clock, line, mask } = wiring;
  const told = await line.enter(new URL(signed.url).host, call.endsAtMs, call.stop);
  const at = clock();
  const timer = timeLimit(wiring.limits.requestMs, call.stop);
  let outcome: Outcome;
  try {
    outcome = { answer: await wiring.transport(signed, timer.signal) };
  } catch (error) {
    if (error instanceof RialtoError) {
      told(undefined, true); // A transport that knows better, as a replay does.
      throw error;
    }
    outcome = { failure: asFailure(error, mask) };
  } finally {
    timer.end();
  }
  told('answer' in outcome ? outcome.answer : undefined, call.stop.aborted);
  wiring.log?.(
    exchangeOf(signed, outcome, mask, {
      at,
      attempt,
      durationMs: millisecondsOf(clock()) - millisecondsOf(at),
    }),
  );
  return outcome;
}

/** Undefined: this outcome is the call's. */
function waitBeforeRetry(
  { clock, limits, random }: Wiring,
  { request, safety, stop, endsAtMs }: Call,
  outcome: Outcome,
  attempt: number,
): number | undefined {
  if (attempt >= limits.attemptsMax || stop.aborted) return undefined;
  let waitMs = backoffMs(attempt, random);
  if ('failure' in outcome) {
    const { reach } = outcome.failure;
    if (reach !== 'not-sent' && !(reach === 'uncertain' && safety === 'read')) return undefined;
  } else {
    const asked = retryAfterMs(outcome.answer.headers, clock());
    const { status } = outcome.answer;
    const busy = status === 429 || status === 503;
    const passing =
      busy || status === 502 || status === 504 || request.isPassing?.(outcome.answer) === true;
    if (safety === 'read' ? !passing : safety === 'write' || !busy || asked === undefined) {
      return undefined;
    }
    waitMs = Math.max(waitMs, asked ?? 0);
  }
  return millisecondsOf(clock()) + waitMs < endsAtMs ? waitMs : undefined;
}

function settled(wiring: Wiring, { request, safety, stop }: Call, outcome: Outcome): WireResponse {
  const what = `${request.method} ${wiring.mask.url(request.url)}`;
  if ('answer' in outcome) {
    const { status, headers } = outcome.answer;
    if (![301, 302, 303, 307, 308].includes(status)) return outcome.answer;
    const to = wiring.mask.url(headers['location'] ?? 'elsewhere');
    throw kitError('invalid', 'adapter-kit.redirected', `${what} was sent on to ${to}`, {
      remedy: 'Redirects are not followed. Set the address that is meant.',
    });
  }
  const { failure: cause } = outcome;
  const harmless = safety === 'read' || cause.reach === 'refused' || cause.reach === 'not-sent';
  if (stop.aborted && harmless) throw stop.reason;
  if (cause.reach === 'refused') {
    throw kitError('forbidden', 'adapter-kit.destination-refused', what, {
      cause,
      remedy:
        "If this is the system's own private network, name it in the setting 'networks' of the " +
        'connection, such as 10.1.0.0/16.',
    });
  }
  if (cause.reach === 'not-sent') {
    throw kitError('unavailable', 'adapter-kit.not-reached', what, {
      cause,
      remedy: 'Check address, network and certificate. Nothing was sent.',
    });
  }
  const unreadable = cause.reach === 'unreadable';
  throw kitError(
    harmless ? 'unavailable' : 'uncertain',
    unreadable ? 'adapter-kit.answer-unreadable' : 'adapter-kit.no-answer',
    what,
    { cause, remedy: harmless ? 'Try again.' : 'Look whether it was booked before trying again.' },
  );
}

/** A failure that holds nothing secret, whatever the transport threw. */
function asFailure(error: unknown, mask: Mask): TransportFailure {
  return error instanceof TransportFailure
    ? new TransportFailure(error.reach, mask.text(error.message))
    : new TransportFailure('uncertain', mask.text(String(error)));
}

function exchangeOf(
  signed: WireRequest,
  outcome: Outcome,
  mask: Mask,
  when: Pick<Exchange, 'at' | 'attempt' | 'durationMs'>,
): Exchange {
  const { method, url, headers, body } = maskRequest(mask, signed);
  const request = {
    ...when,
    method,
    url,
    requestHeaders: headers,
    ...(body === undefined ? {} : { requestBody: body }),
  };
  if ('failure' in outcome) return { ...request, failure: outcome.failure.message };
  const answer = maskResponse(mask, outcome.answer);
  return {
    ...request,
    status: answer.status,
    responseHeaders: answer.headers,
    responseBody: answer.body,
  };
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** A signal that also ends after so long. `end` lets go of the timer and of the other signal. */
function timeLimit(ms: number, stop: AbortSignal): { signal: AbortSignal; end: () => void } {
  const own = new AbortController();
  const stopped = (): void => own.abort(stop.reason);
  const timer = setTimeout(() => own.abort(new DOMException('timed out', 'TimeoutError')), ms);
  stop.addEventListener('abort', stopped, { once: true });
  if (stop.aborted) stopped();
  return {
    signal: own.signal,
    end: () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', stopped);
    },
  };
}
