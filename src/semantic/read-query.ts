import { RialtoError } from '#kernel';
import { checkQuery } from './check-query.ts';
import type { SemanticErrorCode } from './errors.ts';
import { MetricQuerySchema } from './query.ts';
import type { MetricQuery } from './query.ts';

/** Reads a typed query that came from outside. Fails with `semantic.query-refused`. */
export function readQuery(json: unknown): MetricQuery {
  const parsed = MetricQuerySchema.safeParse(json);
  const check = parsed.success ? checkQuery(parsed.data) : undefined;
  if (parsed.success && check?.ok === true) return parsed.data;
  const why = check?.ok === false ? check.reason.en : 'it does not follow its schema';
  throw new RialtoError<SemanticErrorCode>(
    'invalid',
    'semantic.query-refused',
    'reading the query of the question before',
    { cause: new Error(why), remedy: 'Hand in the `query` of an answer as it came.' },
  );
}
