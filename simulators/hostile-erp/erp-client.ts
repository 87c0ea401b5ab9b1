import type { ExchangeLog } from '#adapter-kit';
import type { Json, JsonObject } from '#kernel';
import { millisecondsOf, systemClock } from '#kernel/time';
import { isObject } from './make-fields.ts';

/** What came back; `status` 0: no answer came, and `refused` says whether nothing can have left. */
export type ErpReply = {
  readonly status: number;
  readonly body: JsonObject;
  readonly retryAfterMs?: number;
  readonly refused?: boolean;
  readonly failure?: string;
};

/** Calls the ERP with a token that is fetched when there is none. Nothing is ever repeated. */
export type ErpClient = (
  method: string,
  path: string,
  options: { readonly body?: Json; readonly ifMatch?: string; readonly stop: AbortSignal },
) => Promise<ErpReply>;

export function connectClient(baseUrl: string, log?: ExchangeLog): ErpClient {
  let token: string | undefined;
  async function signIn(stop: AbortSignal): Promise<ErpReply | undefined> {
    if (token !== undefined) return undefined;
    const form = { grant_type: 'client_credentials', client_id: 'rialto', client_secret: 'secret' };
    const reply = await exchange(`${baseUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      signal: stop,
    });
    const given = reply.body['access_token'];
    if (typeof given !== 'string') {
      // Whatever became of the sign-in, the call itself has not left.
      return { ...reply, status: reply.status === 429 ? 429 : 0, refused: true };
    }
    token = given;
    return undefined;
  }
  return async (method, path, { body, ifMatch, stop }) => {
    const notSignedIn = await signIn(stop);
    if (notSignedIn !== undefined) return notSignedIn;
    const url = `${baseUrl}/api/v1/${path}`;
    const headers = ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` };
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const at = systemClock();
    const reply = await exchange(url, {
      method,
      headers: { ...headers, authorization: `Bearer ${token ?? ''}` },
      ...text,
      signal: stop,
    });
    if (reply.status === 401) token = undefined;
    log?.({
      at,
      method,
      url,
      requestHeaders: headers, // Without the token.
      ...(text.body === undefined ? {} : { requestBody: text.body }),
      ...(reply.status === 0 ? {} : { status: reply.status }),
      ...(reply.failure === undefined
        ? { responseBody: JSON.stringify(reply.body) }
        : { failure: reply.failure }),
      durationMs: millisecondsOf(systemClock()) - millisecondsOf(at),
      attempt: 1,
    });
    return reply;
  };
}

async function exchange(url: string, init: RequestInit): Promise<ErpReply> {
  try {
    const reply = await fetch(url, init);
    const body: unknown = await reply.json();
    const wait = reply.headers.get('retry-after');
    return {
      status: reply.status,
      body: isObject(body) ? body : {},
      ...(wait === null ? {} : { retryAfterMs: Number(wait) * 1000 }),
    };
  } catch (error) {
    return { status: 0, body: {}, refused: neverConnected(error), failure: String(error) };
  }
}

function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
