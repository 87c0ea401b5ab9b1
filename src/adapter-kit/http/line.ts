import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { kitError } from '../errors.ts';
import type { Sleep } from './backoff.ts';
import { createCircuit } from './circuit.ts';
import type { Circuit, CircuitState } from './circuit.ts';
import { createConcurrency } from './concurrency.ts';
import type { Concurrency, ConcurrencyState, Pressure } from './concurrency.ts';
import { allowanceOf, retryAfterMs } from './retry-after.ts';
import type { WireResponse } from './wire.ts';

/** How one host is doing, for a person to look at. */
export type HostState = { readonly host: string } & CircuitState & ConcurrencyState;

/** Tells what came of a request; no answer: none came. */
type Told = (answer: WireResponse | undefined, stopped: boolean) => void;

/** Where requests wait for their turn at a host, and learn whether it can be asked at all. */
export type Line = {
  /** Throws when it cannot be this call's turn before it ends: nothing is sent then. */
  enter(host: string, endsAtMs: number, stop: AbortSignal): Promise<Told>;
  state(): readonly HostState[];
};

type Host = { readonly circuit: Circuit; readonly concurrency: Concurrency };

/** Makes the line of one integration: each host has its own circuit and its own limit. */
export function createLine(settings: {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly most: number;
}): Line {
  const { clock } = settings;
  const hosts = new Map<string, Host>();
  const hostOf = (name: string): Host => {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    const host = { circuit: createCircuit(clock), concurrency: createConcurrency(settings) };
    hosts.set(name, host);
    return host;
  };
  return {
    async enter(name, endsAtMs, stop) {
      const { circuit, concurrency } = hostOf(name);
      const pausedMs = concurrency.pausedMs();
      if (millisecondsOf(clock()) + pausedMs > endsAtMs) {
        throw kitError('limited', 'adapter-kit.host-pauses', `waiting for ${name}`, {
          retryAfterMs: pausedMs,
          remedy: 'The host asks for quiet. Nothing was sent; it is tried again after that.',
        });
      }
      const release = await concurrency.acquire(stop);
      const waitMs = circuit.admit();
      if (waitMs > 0) {
        release({ verdict: 'failed' });
        throw kitError(
          'unavailable',
          'adapter-kit.circuit-open',
          `asking ${name}, which has not answered for a while`,
          {
            retryAfterMs: waitMs,
            remedy: 'Nothing was sent; it is tried again soon. Look whether the system is up.',
          },
        );
      }
      return (answer, stopped) => {
        if (answer === undefined && stopped) circuit.withdrawn();
        else circuit.told(answer !== undefined && !isFailing(answer));
        release(pressureOf(answer, clock));
      };
    },
    state: () =>
      [...hosts].map(([host, { circuit, concurrency }]) => ({
        host,
        ...circuit.state(),
        ...concurrency.state(),
      })),
  };
}

/** A 500 is often one document's fault; a host that says when to come back is there. */
const isFailing = ({ status, headers }: WireResponse): boolean =>
  (status === 502 || status === 503 || status === 504) && headers['retry-after'] === undefined;

function pressureOf(answer: WireResponse | undefined, clock: Clock): Pressure {
  if (answer === undefined) return { verdict: 'failed' };
  const limited = answer.status === 429 || answer.status === 503;
  const allowance = allowanceOf(answer.headers, clock());
  const asked = limited ? retryAfterMs(answer.headers, clock()) : undefined;
  const pauseMs = asked ?? (allowance?.remaining === 0 ? allowance.resetMs : undefined);
  return {
    verdict: limited ? 'limited' : 'answered',
    ...(pauseMs === undefined ? {} : { pauseMs }),
    ...(allowance === undefined ? {} : { remaining: allowance.remaining }),
  };
}
