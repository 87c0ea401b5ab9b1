import { RialtoError } from '#kernel';
import { failed } from './errors.ts';
import type { Failure } from './errors.ts';

const NETWORK =
  /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|AI_|NOTFOUND)|UND_|CERT_|ERR_TLS|SELF_SIGNED|UNABLE_|DEPTH_)/;

/** How the work of one connection is done: an error of the driver becomes one of ours. */
export type Attempt = <T>(doing: string, work: () => Promise<T>) => Promise<T>;

/** Makes the attempts of a connection; `failureOf` reads the errors of its server. */
export function attempts(stop: AbortSignal, failureOf: (error: unknown) => Failure): Attempt {
  return async (doing, work) => {
    stop.throwIfAborted();
    const stopped = Promise.withResolvers<never>();
    const forget = onStop(stop, () => stopped.reject(stop.reason));
    try {
      return await Promise.race([work(), stopped.promise]); // Not every driver lets go at once.
    } catch (error) {
      stop.throwIfAborted();
      if (error instanceof RialtoError) throw error;
      throw failed(failureOf(error), doing, error);
    } finally {
      forget();
    }
  };
}

/** Runs something as soon as the signal stops; gives back how to forget about it. */
export function onStop(stop: AbortSignal, work: () => void): () => void {
  stop.addEventListener('abort', work, { once: true });
  return () => stop.removeEventListener('abort', work);
}

/** A word or number under a name of an error, as text; '' when there is none. */
export function wordOf(error: unknown, name: string): string {
  const found: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}

/** Whether Node, not the server, speaks of a connection that is not or no longer there. */
export const isNetworkError = (error: unknown): boolean => NETWORK.test(wordOf(error, 'code'));

/** A connection that breaks before it is one has not been reached. */
export const beforeSignedIn = (failure: Failure): Failure =>
  failure === 'lost' ? 'not-reached' : failure;
