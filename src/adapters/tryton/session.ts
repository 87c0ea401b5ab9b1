import { parseExactJson, printExactJson } from '#adapter-kit';
import type { Authentication, Send, WireRequest } from '#adapter-kit/http';
import { retryAfterMs } from '#adapter-kit/http';
import { RialtoError } from '#kernel';
import type { Json } from '#kernel';
import type { Clock } from '#kernel/time';
import { trytonError } from './errors.ts';
import { databaseUrl } from './rpc.ts';
import type { TrytonSettings } from './settings.ts';
import { textOf } from './wire.ts';

/** Tryton locks a user out for a while after five wrong passwords; it does not say how long. */
const LOCKED_OUT_MS = 60_000;

/**
 * Signs in once for everybody who asks, and again when Tryton says that the session has ended (five
 * minutes without a request, by default). What answered 401 was not carried out.
 */
export function trytonSession(
  settings: TrytonSettings,
  world: { readonly send: Send; readonly clock: Clock },
): Authentication {
  let session: Promise<string> | undefined;
  let known: string | undefined;
  const current = async (stop: AbortSignal): Promise<string> => {
    session ??= signIn(settings, world, stop);
    try {
      known = await session;
      return known;
    } catch (error) {
      session = undefined;
      throw error;
    }
  };
  const header = (key: string): string =>
    `Session ${Buffer.from(`${settings.username}:${key}`).toString('base64')}`;
  return {
    async sign(request: WireRequest, stop) {
      const authorization = header(await current(stop));
      return { ...request, headers: { ...request.headers, authorization } };
    },
    async renew(refused) {
      const same = known !== undefined && refused.headers['authorization'] === header(known);
      if (same) session = undefined; // Else another caller has signed in again meanwhile.
      return Promise.resolve(true);
    },
    secrets: () => [
      settings.password,
      ...(known === undefined ? [] : [known, known.replace(/^\d+:/, ''), header(known).slice(8)]),
    ],
  };
}

/** The session as Tryton wants it in a header after the user's name: `<user id>:<key>`. */
async function signIn(
  settings: TrytonSettings,
  { send, clock }: { readonly send: Send; readonly clock: Clock },
  stop: AbortSignal,
): Promise<string> {
  const { username, password } = settings;
  const params = [username, { password }, 'en'];
  const doing = `signing in to Tryton as ${username}`;
  const request = {
    method: 'POST',
    url: databaseUrl(settings),
    headers: { 'content-type': 'application/json' },
    body: printExactJson({ id: 1, method: 'common.db.login', params }),
  };
  const answer = await send(request, stop).catch((error: unknown) => {
    // A lost sign-in books nothing: the caller may simply try again.
    if (!(error instanceof RialtoError) || error.kind !== 'uncertain') throw error;
    throw trytonError('unavailable', 'tryton.no-answer', doing, {
      cause: error,
      remedy: 'Try again.',
    });
  });
  if (answer.status === 429) {
    throw trytonError('limited', 'tryton.too-many-sign-ins', doing, {
      remedy: 'Check the password: Tryton has locked the user out for a while.',
      retryAfterMs: retryAfterMs(answer.headers, clock()) ?? LOCKED_OUT_MS,
    });
  }
  if (answer.status === 404) {
    throw trytonError('not-found', 'tryton.refused', `${doing}: no such database`, {
      remedy: `Check the database's name, '${settings.database}', and the address.`,
    });
  }
  const session = sessionOf(answer.status === 200 ? parseExactJson(answer.body) : undefined);
  if (session !== undefined) return session;
  throw trytonError('unauthenticated', 'tryton.signed-out', doing, {
    remedy: 'Check user and password.',
  });
}

function sessionOf(answer: Json | undefined): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('result' in answer)) return undefined;
  const { result } = answer;
  const [user, key] = Array.isArray(result) ? result.map((part: Json) => textOf(part)) : [];
  return user === undefined || key === undefined || key === '' ? undefined : `${user}:${key}`;
}
