/** How long between tries. */
export type Backoff = { readonly retryBaseMs: number; readonly retryMsMax: number };

const DOUBLINGS_MAX = 20;

/**
 * Exponential with full jitter: between 0 and base × 2ⁿ, at most the maximum. `draw`: 0 up to 1.
 * Full jitter spreads a herd best (Brooker, "Exponential Backoff and Jitter", AWS 2015).
 */
export function backoffMs(tries: number, policy: Backoff, draw: number): number {
  const ceiling = Math.min(
    policy.retryMsMax,
    policy.retryBaseMs * 2 ** Math.min(tries, DOUBLINGS_MAX),
  );
  return Math.ceil(ceiling * draw);
}
