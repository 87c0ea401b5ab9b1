import { describeError, RialtoError } from '#kernel';
import type { WriteOutcome } from './write.ts';

/**
 * What came of a write that threw, for adapters whose requests go through `createHttpClient`: it
 * throws a stopper's reason only when nothing was sent. What is not understood is uncertain.
 */
export function outcomeOfFailure(error: unknown): WriteOutcome {
  const reason = describeError(error);
  if (isStop(error)) {
    return { outcome: 'rejected', why: 'unavailable', code: 'none', reason: `not sent: ${reason}` };
  }
  if (!isRialto(error)) return { outcome: 'uncertain', reason };
  const { kind, code, retryAfterMs } = error;
  const rejected = {
    outcome: 'rejected',
    code,
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  } as const;
  switch (kind) {
    case 'invalid':
    case 'not-found':
    case 'conflict':
    case 'forbidden':
    case 'limited':
    case 'unavailable':
      return { ...rejected, why: kind };
    case 'unauthenticated':
      return { ...rejected, why: 'forbidden' };
    case 'uncertain':
    case 'bug':
      return { outcome: 'uncertain', code, reason };
  }
}

const isStop = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');

const isRialto = (error: unknown): error is RialtoError => error instanceof RialtoError;
