import { printExactJson } from '#adapter-kit';
import type { PrintableJson } from '#adapter-kit';
import type { HttpClient, HttpRequest, WireResponse } from '#adapter-kit/http';
import type { Json } from '#kernel';
import type { Clock } from '#kernel/time';
import { httpError } from './errors.ts';
import { isPassing, judgeAnswer, readingError } from './judge-answer.ts';
import type { Judgement } from './judge-answer.ts';
import type { Entity } from './profile/entity.ts';
import type { HttpProfile } from './profile/profile.ts';

/** A system, its profile, and the line to it. */
export type Connection = {
  readonly profile: HttpProfile;
  readonly baseUrl: string; // Without a slash at its end.
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly secretParameter?: string; // A key in the query, which an answer may repeat.
};

/** Where to ask: a path of the system and a query. */
export type Address = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
};

/** The entity of this name. */
export function entityOf({ profile }: Connection, name: string): Entity {
  const entity = Object.hasOwn(profile.entities, name) ? profile.entities[name] : undefined;
  if (entity !== undefined) return entity;
  throw httpError('not-found', 'http.unknown-entity', `reading '${name}'`, {
    remedy: `The profile knows: ${Object.keys(profile.entities).join(', ')}.`,
  });
}

/** The whole URL. */
export function urlOf({ baseUrl }: Connection, { path, query = {} }: Address): string {
  const url = new URL(baseUrl + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** Reads something. Fails, with an error one may act on, when the answer is a no. */
export async function read(
  connection: Connection,
  url: string,
  stop: AbortSignal,
): Promise<{ readonly answer: WireResponse; readonly body: Json }> {
  const { judgement, answer } = await ask(connection, { method: 'GET', url }, stop);
  const what = `GET ${connection.client.mask.url(url)}`;
  if (!judgement.ok) throw readingError(judgement.refusal, what);
  if (judgement.body === undefined) {
    throw httpError('unavailable', 'http.unexpected-answer', what, {
      cause: new Error(`no JSON: ${connection.client.mask.text(answer.body, 200)}`),
      remedy: 'Check the base URL: a proxy or a sign-in page may have answered.',
    });
  }
  return { answer, body: judgement.body };
}

/** Sends a request and says what its answer means. */
export async function ask(
  { profile, client, clock }: Connection,
  request: HttpRequest & { readonly method: string },
  stop: AbortSignal,
): Promise<{ readonly answer: WireResponse; readonly judgement: Judgement }> {
  const answer = await client.send(
    {
      ...request,
      headers: { ...profile.headers, ...request.headers },
      isPassing: (one) => isPassing(one, profile.errors),
    },
    stop,
  );
  const judgement = judgeAnswer(answer, profile.errors, { mask: client.mask, now: clock() });
  return { answer, judgement };
}

/** A body as it goes over the wire. */
export const jsonBody = (
  body: PrintableJson,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } => ({
  headers: { 'content-type': 'application/json' },
  body: printExactJson(body),
});
