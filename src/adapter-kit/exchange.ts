import type { Instant } from '#kernel/time';

/** One request and its answer, as it went over the wire, secrets masked. */
export type Exchange = {
  readonly at: Instant;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: string; // Cut at 64 KiB.
  readonly status?: number; // Absent: no answer came.
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: string; // Cut at 64 KiB.
  readonly failure?: string; // Why no answer came.
  readonly durationMs: number;
  readonly attempt: number; // From 1.
};

/** Where an adapter tells of its exchanges. Must not throw. */
export type ExchangeLog = (exchange: Exchange) => void;
