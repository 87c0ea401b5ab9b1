import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';

/** Whether a host is asked at all. Half-open: one request tries whether it is back. */
export type CircuitState =
  | { readonly circuit: 'closed' }
  | { readonly circuit: 'open'; readonly until: Instant; readonly failures: number }
  | { readonly circuit: 'half-open'; readonly failures: number };

/** Keeps from asking a host that does not answer. */
export type Circuit = {
  state(): CircuitState;
  /** Milliseconds to wait before asking again; 0: go ahead, and tell what came of it. */
  admit(): number;
  told(worked: boolean): void;
  /** The request that was admitted came to nothing that speaks of the host. */
  withdrawn(): void;
};

const FAILURES_MAX = 10;
const COOL_OFF_MS = 2_000;
const COOL_OFF_MAX_MS = 120_000;

/** Opens after ten failures on end; each probe that fails doubles the wait, up to two minutes. */
export function createCircuit(clock: Clock): Circuit {
  let failures = 0;
  let coolOffMs = 0; // 0: closed.
  let openUntilMs = 0;
  let probing = false;
  const now = (): number => millisecondsOf(clock());
  const open = (): void => {
    coolOffMs = coolOffMs === 0 ? COOL_OFF_MS : Math.min(COOL_OFF_MAX_MS, coolOffMs * 2);
    openUntilMs = now() + coolOffMs;
    probing = false;
  };
  return {
    state() {
      if (coolOffMs === 0) return { circuit: 'closed' };
      return now() < openUntilMs
        ? { circuit: 'open', until: instantOf(openUntilMs), failures }
        : { circuit: 'half-open', failures };
    },
    admit() {
      if (coolOffMs === 0) return 0;
      const waitMs = openUntilMs - now();
      if (waitMs > 0) return waitMs;
      if (probing) return COOL_OFF_MS;
      probing = true;
      return 0;
    },
    told(worked) {
      if (worked) {
        failures = 0;
        coolOffMs = 0;
        probing = false;
        return;
      }
      failures += 1;
      const late = coolOffMs > 0 && !probing; // Sent before it opened: nothing new.
      if (!late && failures >= FAILURES_MAX) open();
    },
    withdrawn() {
      probing = false;
    },
  };
}
