import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json, JsonObject } from '#kernel';
import type { Books } from './books.ts';
import { isCollection, wireOf } from './document.ts';
import type { Collection, ErpDocument } from './document.ts';
import type { Faults } from './faults.ts';
import { drifted, listPage } from './list-page.ts';
import { between } from './random.ts';
import type { Random } from './random.ts';
import { Refusal } from './refusal.ts';
import type { Tokens } from './tokens.ts';

/** What goes back over the wire; 'cut': the connection is destroyed instead. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body: Json }
  | 'cut';

/** One request, read whole. */
export type Call = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/** The state that answers are made from. */
export type Erp = {
  readonly books: Books;
  readonly tokens: Tokens;
  readonly random: Random;
  faults: Faults;
  inFlight: number;
};

const BOOK_LATE_MS = 2_000;

/** Answers a call to the ERP itself, with the faults that are set. */
export async function answerApi(erp: Erp, call: Call): Promise<Answer> {
  const { faults, random } = erp;
  const hit = (share: number | undefined): boolean => share !== undefined && random() < share;
  if (faults.latencyMs !== undefined) await pause(between(random, ...faults.latencyMs));
  if (erp.inFlight > (faults.concurrencyMax ?? Infinity)) return refuse(429, 'LIMITED', {});
  if (hit(faults.unavailable)) return refuse(503, 'UNAVAILABLE', {});
  if (hit(faults.throttle)) {
    return refuse(429, 'LIMITED', { 'retry-after': String(faults.retryAfterS ?? 1) });
  }
  if (call.url.pathname === '/oauth/token') return tokenAnswer(erp, call);
  if (call.url.pathname === '/api/v1/health') return { status: 200, body: { status: 'ok' } };
  const { authorization } = call.headers;
  if (hit(faults.expireTokens)) erp.tokens.expire(authorization);
  const client = erp.tokens.clientOf(authorization);
  if (hit(faults.okWithError)) {
    return { status: 200, body: { error: { code: 'INTERNAL', message: 'it went wrong inside' } } };
  }
  if (call.method === 'GET') return readAnswer(erp, call);
  if (client === 'reader') throw new Refusal(403, 'FORBIDDEN', 'this client only reads');
  if (hit(faults.dropBefore)) return 'cut';
  if (hit(faults.errorBefore)) return refuse(500, 'INTERNAL', {});
  if (hit(faults.bookLate)) {
    await pause(faults.bookLateMs ?? BOOK_LATE_MS);
    writeAnswer(erp, call);
    return 'cut';
  }
  const answer = writeAnswer(erp, call);
  if (hit(faults.loseAnswer)) return 'cut';
  return hit(faults.errorAfter) ? refuse(500, 'INTERNAL', {}) : answer;
}

/** A refusal as it goes over the wire. */
export function refusalAnswer({ status, code, message, field }: Refusal): Answer {
  if (/^[a-z]/.test(code)) return { status, body: { error: code, error_description: message } };
  return { status, body: { error: { code, message, ...(field === undefined ? {} : { field }) } } };
}

function tokenAnswer(erp: Erp, call: Call): Answer {
  const basic = /^Basic (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  const seconds = erp.faults.tokenSeconds ?? 3600;
  const { access, refresh } = erp.tokens.give(new URLSearchParams(call.body), basic, seconds);
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      access_token: access,
      token_type: 'Bearer',
      expires_in: seconds,
      ...(refresh === undefined ? {} : { refresh_token: refresh }),
    },
  };
}

function readAnswer(erp: Erp, call: Call): Answer {
  const { books, faults, random } = erp;
  const [collection, id, more] = partsOf(call);
  if (more !== undefined) throw new Refusal(404, 'NOT_FOUND', 'no such route');
  if (id !== undefined) {
    const document = books.find(collection, id);
    if (document === undefined) throw new Refusal(404, 'NOT_FOUND', `there is no ${id}`);
    return documentAnswer(erp, document, 200);
  }
  const query = call.url.searchParams;
  const page = listPage(books, { collection, query, faults, random });
  const nextUrl = page.next && `${call.url.origin}${call.url.pathname}?${page.next.toString()}`;
  return {
    status: 200,
    ...(nextUrl === undefined ? {} : { headers: { link: `<${nextUrl}>; rel="next"` } }),
    body: {
      data: page.documents.map((document) => drifted(wireOf(document), faults.schema)),
      total: page.total,
      ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
      ...(nextUrl === undefined ? {} : { '@odata.nextLink': nextUrl }),
    },
  };
}

function writeAnswer(erp: Erp, call: Call): Answer {
  const { books } = erp;
  const [collection, id, action] = partsOf(call);
  const body = parsedBody(call);
  const ifMatch = call.headers['if-match']?.replace(/^(W\/)?"(.*)"$/, '$2');
  if (call.method === 'PATCH' && id !== undefined && action === undefined) {
    return documentAnswer(erp, books.change(collection, id, body, ifMatch), 200);
  }
  if (call.method !== 'POST') throw new Refusal(405, 'METHOD', 'not here');
  if (action === 'cancel' && id !== undefined) {
    return documentAnswer(erp, books.cancel(collection, id, body, ifMatch), 200);
  }
  if (action !== undefined) throw new Refusal(404, 'NOT_FOUND', 'no such route');
  if (id === 'batch') {
    const documents = documentsIn(body);
    if (call.url.searchParams.get('each') === 'true') return eachAnswer(erp, collection, documents);
    const made = books.create(collection, documents);
    return { status: 201, body: { data: made.map(wireOf) } };
  }
  if (id !== undefined) throw new Refusal(405, 'METHOD', 'not here');
  const [made] = books.create(collection, [body]);
  if (made === undefined) throw new Refusal(500, 'INTERNAL', 'nothing was made');
  return documentAnswer(erp, made, 201);
}

/** Books what it can of a batch, and says of each what came of it. */
function eachAnswer(
  { books, faults, random }: Erp,
  collection: Collection,
  documents: readonly unknown[],
): Answer {
  const cut = faults.cutBatch !== undefined && random() < faults.cutBatch;
  const some = cut ? documents.slice(0, Math.floor(random() * (documents.length + 1))) : documents;
  const results = some.map((document): JsonObject => {
    try {
      const [made] = books.create(collection, [document]);
      return made === undefined ? { status: 500 } : { status: 201, document: wireOf(made) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message, field } = error;
      const said = { code, message, ...(field === undefined ? {} : { field }) };
      return { status, document: { error: said } };
    }
  });
  return cut ? 'cut' : { status: 200, body: { results } };
}

function documentAnswer(erp: Erp, document: ErpDocument, status: number): Answer {
  const headers = { etag: `"${document.version}"` };
  return { status, headers, body: drifted(wireOf(document), erp.faults.schema) };
}

function partsOf(call: Call): [Collection, string | undefined, string | undefined] {
  const match = /^\/api\/v1\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(call.url.pathname);
  const [, collection = '', id, action] = match ?? [];
  if (!isCollection(collection)) throw new Refusal(404, 'NOT_FOUND', 'no such route');
  return [collection, id === undefined ? undefined : decodeURIComponent(id), action];
}

function parsedBody(call: Call): unknown {
  if (call.body === '') return undefined;
  try {
    return JSON.parse(call.body);
  } catch {
    throw new Refusal(400, 'BODY', 'the body is not JSON');
  }
}

function documentsIn(body: unknown): readonly unknown[] {
  if (typeof body === 'object' && body !== null && 'documents' in body) {
    if (Array.isArray(body.documents)) return body.documents;
  }
  throw new Refusal(422, 'VALIDATION', 'a list is wanted', 'documents');
}

function refuse(status: number, code: string, headers: Record<string, string>): Answer {
  const body: JsonObject = { error: { code, message: `the ERP says ${status}` } };
  return { status, headers, body };
}
