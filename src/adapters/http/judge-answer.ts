import { isJsonObject, parseExactJson } from '#adapter-kit';
import { textAt, valueAt } from '#adapter-kit/expression';
import { retryAfterMs } from '#adapter-kit/http';
import type { Mask, WireResponse } from '#adapter-kit/http';
import type { ErrorKind, Json, RialtoError } from '#kernel';
import type { Instant } from '#kernel/time';
import { httpError } from './errors.ts';
import type { HttpErrorCode } from './errors.ts';
import type { Errors, Why } from './profile/answer.ts';

/** A no, whatever status it came with. */
export type Refusal = {
  readonly status: number;
  readonly why: Why;
  readonly code: string; // The system's own, else 'none'.
  readonly reason: string; // For a person, secrets masked.
  readonly field?: string;
  readonly retryAfterMs?: number;
};

/** What an answer means: something, or a no. A body that is no JSON is undefined. */
export type Judgement =
  | { readonly ok: true; readonly body: Json | undefined }
  | { readonly ok: false; readonly refusal: Refusal };

const REASON_MAX = 500;
const bodies = new WeakMap<WireResponse, { readonly body: Json | undefined }>();

/** What an answer holds, read once however often it is looked at. */
export function bodyOf(answer: WireResponse): Json | undefined {
  const known = bodies.get(answer);
  if (known !== undefined) return known.body;
  const body = parseExactJson(answer.body);
  bodies.set(answer, { body });
  return body;
}

/** Reads an answer by its status, by what it says inside, and by the profile's rules. */
export function judgeAnswer(
  answer: WireResponse,
  errors: Errors,
  { mask, now }: { readonly mask: Mask; readonly now: Instant },
): Judgement {
  const { status, headers } = answer;
  const judgement = judgeBody({ status, body: bodyOf(answer) }, errors, mask);
  const waitMs = retryAfterMs(headers, now);
  if (judgement.ok || waitMs === undefined) return judgement;
  return { ok: false, refusal: { ...judgement.refusal, retryAfterMs: waitMs } };
}

/** The same of one answer among several, which has no headers of its own. */
export function judgeBody(
  { status, body }: { readonly status: number; readonly body: Json | undefined },
  errors: Errors,
  mask: Mask,
): Judgement {
  const success = status >= 200 && status <= 299;
  const inside = errors.inside === undefined ? undefined : valueAt(body, errors.inside);
  if (success && !saysSomething(inside)) return { ok: true, body };
  const code = firstText(body, errors.code) ?? 'none';
  const reason = firstText(body, errors.message) ?? textOf(inside) ?? `it answered ${status}`;
  const field = firstText(body, errors.field);
  return {
    ok: false,
    refusal: {
      status,
      why: whyOf(status, code, errors),
      code: mask.text(code, 100),
      reason: mask.text(reason, REASON_MAX),
      ...(field === undefined ? {} : { field: field.slice(0, 200) }),
    },
  };
}

function whyOf(status: number, code: string, { rules }: Errors): Why {
  const rule = rules.find(
    (one) =>
      (one.status === undefined || one.status.includes(status)) &&
      (one.code === undefined || one.code.includes(code)),
  );
  return rule?.why ?? whyOfStatus(status);
}

function whyOfStatus(status: number): Why {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409 || status === 412 || status === 428) return 'conflict';
  if (status === 429) return 'limited';
  // A server that fails, or gives up waiting for the one behind it, may have booked.
  return status === 408 || status >= 500 ? 'uncertain' : 'invalid';
}

/** A refusal of something that was read, as an error. */
export function readingError(refusal: Refusal, what: string): RialtoError<HttpErrorCode> {
  const { status, why, code, reason, retryAfterMs: waitMs } = refusal;
  const kind: ErrorKind =
    status === 401 ? 'unauthenticated' : why === 'uncertain' ? 'unavailable' : why;
  const said = code === 'none' ? reason : `${code}: ${reason}`;
  return httpError(kind, 'http.refused', what, {
    cause: new Error(`${status} ${said}`),
    remedy: REMEDIES[kind] ?? 'Look at the exchange in the log.',
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  });
}

const REMEDIES: Readonly<Partial<Record<ErrorKind, string>>> = {
  unauthenticated: 'Check the credentials.',
  forbidden: 'Give the user of this integration the right to read it.',
  'not-found': 'Check the base URL, and the path in the profile.',
  invalid: 'Check the query in the profile.',
  limited: 'Wait; the limit is learned.',
  unavailable: 'Try again; nothing happened.',
};

/** Whether an answer to a reading only says 'not now', in its own way. */
export function isPassing(answer: WireResponse, errors: Errors): boolean {
  if (errors.inside === undefined || answer.status < 200 || answer.status > 299) return false;
  const body = bodyOf(answer);
  if (!saysSomething(valueAt(body, errors.inside))) return false;
  const why = whyOf(answer.status, firstText(body, errors.code) ?? 'none', errors);
  return why === 'limited' || why === 'unavailable' || why === 'uncertain';
}

function saysSomething(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isJsonObject(value) || Object.keys(value).length > 0;
}

const firstText = (body: Json | undefined, paths: readonly string[] = []): string | undefined =>
  paths.map((path) => textAt(body, path)).find((text) => text !== undefined && text !== '');

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : JSON.stringify(value);
