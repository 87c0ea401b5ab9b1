import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod';
import type { Problem } from '#api-contract';
import { RialtoError } from '#kernel';
import type { ErrorKind } from '#kernel';
import { FieldRefusal } from './errors.ts';
import type { ApiErrorCode } from './errors.ts';

/** The one table of kinds and HTTP statuses. */
export const STATUS_OF = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
  uncertain: 504,
  bug: 500,
} as const satisfies Record<ErrorKind, number>;

const TITLES = {
  invalid: 'The request needs fixing',
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed',
  'not-found': 'Not found',
  conflict: 'In conflict with what is there',
  limited: 'Too many requests',
  unavailable: 'Not possible just now',
  uncertain: 'Nobody knows whether it happened',
  bug: 'A fault of Rialto',
} as const satisfies Record<ErrorKind, string>;

/** Any error as the problem document a caller gets. A bug tells its trace id and nothing more. */
export function problemOf(error: unknown, traceId: string): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map((each) => ({
      field: [error.validationContext ?? '', ...each.instancePath.split('/')]
        .filter((part) => part !== '')
        .join('.'),
      reason: each.message ?? 'not as agreed',
    }));
    return { ...base('invalid', 'api.invalid-request', traceId), problems };
  }
  if (error instanceof RialtoError && error.kind !== 'bug') {
    return {
      ...base(error.kind, error.code, traceId),
      detail: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      ...(error.slots === undefined ? {} : { slots: error.slots }),
      ...(error instanceof FieldRefusal
        ? { problems: [{ field: error.field, reason: error.reason }] }
        : {}),
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    };
  }
  if (holdsNoText(error)) {
    const detail = 'a text holds a character that nothing can be written with (U+0000)';
    return { ...base('invalid', 'api.invalid-request', traceId), detail };
  }
  const refused = isResponseSerializationError(error) ? undefined : refusalOf(error);
  if (refused === undefined) {
    const remedy = `Report this with the trace id ${traceId}; the log has the rest.`;
    return { ...base('bug', 'api.bug', traceId), remedy };
  }
  const detail = error instanceof Error ? error.message : 'refused';
  return { ...base('invalid', refused.code, traceId), status: refused.status, detail };
}

function base(kind: ErrorKind, code: string, traceId: string): Problem {
  return { type: 'about:blank', title: TITLES[kind], status: STATUS_OF[kind], code, kind, traceId };
}

/** What PostgreSQL says to a text with U+0000, as text and within JSON. */
const NO_TEXT = new Set(['22021', '22P05']);
const holdsNoText = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  NO_TEXT.has(error.code);

/** What Fastify itself refuses, each with HTTP's own status. Undefined: its fault, or ours. */
function refusalOf(error: unknown): { status: number; code: ApiErrorCode } | undefined {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  if (status === 413) return { status, code: 'api.body-too-large' };
  if (status === 415) return { status, code: 'api.media-type' };
  return { status: STATUS_OF.invalid, code: 'api.invalid-request' };
}
