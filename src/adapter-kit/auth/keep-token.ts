import { millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import type { Authentication } from '../http/authentication.ts';
import type { WireRequest } from '../http/wire.ts';
import { withHeader } from './api-key.ts';

/** A permission that ends. */
export type Token = {
  readonly value: string;
  readonly expiresAt?: Instant; // Absent: the system did not say; a 401 tells.
};

/** How tokens are got and carried. */
export type TokenSettings = {
  /** Gets a new token. Throws when there is none to be had. */
  readonly get: (stop: AbortSignal) => Promise<Token>;
  readonly clock: Clock;
  readonly secrets: () => readonly string[]; // Those it takes to get a token.
  readonly carry?: (request: WireRequest, token: string) => WireRequest; // As a Bearer header.
};

const AHEAD_MS = 60_000;
const AHEAD_SHARE = 5; // Of a short life, a fifth.

/**
 * Keeps one token for all requests: it is renewed a minute before it ends, once for all who wait,
 * and again when a host refuses the one it was sent with.
 */
export function keepToken({
  get,
  clock,
  secrets,
  carry = asBearer,
}: TokenSettings): Authentication {
  let kept: { readonly token: Token; readonly renewAtMs: number } | undefined;
  let getting: Promise<Token> | undefined;
  let before = ''; // A token just replaced may still stand in an exchange.

  const renewed = async (): Promise<Token> => {
    // Nobody's stop ends it: others wait for the same token.
    const token = await get(AbortSignal.timeout(AHEAD_MS));
    before = kept?.token.value ?? '';
    kept = { token, renewAtMs: renewAtMs(token, millisecondsOf(clock())) };
    return token;
  };
  const current = async (stop: AbortSignal): Promise<Token> => {
    stop.throwIfAborted();
    if (kept !== undefined && millisecondsOf(clock()) < kept.renewAtMs) return kept.token;
    getting ??= renewed().finally(() => {
      getting = undefined;
    });
    return await unlessStopped(getting, stop);
  };
  return {
    sign: async (request, stop) => carry(request, (await current(stop)).value),
    renew: async (refused, stop) => {
      const used = kept === undefined ? undefined : carry(refused, kept.token.value);
      // Somebody else may have renewed it already: then signing again is enough.
      if (used !== undefined && isSame(used, refused)) kept = undefined;
      await current(stop);
      return true;
    },
    secrets: () => [...secrets(), ...[kept?.token.value ?? '', before].filter((one) => one !== '')],
  };
}

async function unlessStopped<T>(waiting: Promise<T>, stop: AbortSignal): Promise<T> {
  let ended: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the stopper's reason.
    ended = () => reject(stop.reason);
    stop.addEventListener('abort', ended, { once: true });
  });
  try {
    return await Promise.race([waiting, stopped]);
  } finally {
    if (ended !== undefined) stop.removeEventListener('abort', ended);
  }
}

const asBearer = (request: WireRequest, token: string): WireRequest =>
  withHeader(request, 'authorization', `Bearer ${token}`);

const isSame = (one: WireRequest, other: WireRequest): boolean =>
  one.url === other.url &&
  Object.entries(one.headers).every(([name, value]) => other.headers[name] === value);

function renewAtMs({ expiresAt }: Token, nowMs: number): number {
  if (expiresAt === undefined) return Infinity;
  const lifeMs = millisecondsOf(expiresAt) - nowMs;
  return nowMs + lifeMs - Math.min(AHEAD_MS, lifeMs / AHEAD_SHARE);
}
