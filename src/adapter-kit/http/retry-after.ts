import { instantOf, millisecondsOf, parseInstant } from '#kernel/time';
import type { Instant } from '#kernel/time';

type Headers = Readonly<Record<string, string>>;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HTTP_DATE = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;
const EPOCH_SECONDS_MIN = 1_000_000_000; // A reset beyond it is a moment, below it a wait.

/** How long a host asks us to wait. `Retry-After`: seconds or an HTTP date (RFC 9110 §10.2.3). */
export function retryAfterMs(headers: Headers, now: Instant): number | undefined {
  const text = headers['retry-after']?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const at = parseHttpDate(text);
  return at === undefined ? undefined : Math.max(0, millisecondsOf(at) - millisecondsOf(now));
}

/** What a host says is left of its allowance, in the headers most of them share. */
export function allowanceOf(
  headers: Headers,
  now: Instant,
): { readonly remaining: number; readonly resetMs?: number } | undefined {
  const remaining = wholeNumber(headers['x-ratelimit-remaining'] ?? headers['ratelimit-remaining']);
  if (remaining === undefined) return undefined;
  const reset = wholeNumber(headers['x-ratelimit-reset'] ?? headers['ratelimit-reset']);
  if (reset === undefined) return { remaining };
  const resetMs =
    reset >= EPOCH_SECONDS_MIN
      ? millisecondsOf(instantOf(reset * 1000)) - millisecondsOf(now)
      : reset * 1000;
  return { remaining, resetMs: Math.max(0, resetMs) };
}

/** Reads 'Sat, 21 Nov 2026 16:00:00 GMT'. Undefined: not in that form. */
export function parseHttpDate(text: string): Instant | undefined {
  const [, day, month = '', year, time] = HTTP_DATE.exec(text) ?? [];
  const at = MONTHS.indexOf(month) + 1;
  return at === 0
    ? undefined
    : parseInstant(`${year}-${String(at).padStart(2, '0')}-${day}T${time}Z`);
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,11}$/.test(text.trim()) ? Number(text) : undefined;
