import { rows, send, sql } from '#database';
import type { Handle } from '#database';
import type { Json } from '#kernel';
import type { Clock, Instant } from '#kernel/time';
import type { CompanyProblemCode } from './errors.ts';
import { accept, refuse } from './result.ts';
import type { Result } from './result.ts';

/** A request that must happen once. */
export type OnceOnly = {
  readonly scope: string; // Whose, and of which operation.
  readonly key: string;
  readonly requestHash: string;
  readonly isKept?: boolean; // Never forgotten.
};

/**
 * Does `work` once per key, in the caller's transaction: the same request again gets the same
 * answer, another request under the same key is refused. Two at once: the second waits.
 */
export async function once(
  tx: Handle,
  clock: Clock,
  request: OnceOnly,
  work: () => Promise<Json>,
): Promise<Result<{ readonly answer: Json; readonly again: boolean }, CompanyProblemCode>> {
  const { scope, key, requestHash, isKept = false } = request;
  // The placeholder makes a second one wait for this transaction; rolled back, it never was.
  const [mine] = await rows(
    tx,
    sql`insert into erp_company.idempotency_key (scope, key, request_hash, answer, created_at, is_kept)
      values (${scope}, ${key}, ${requestHash}, 'null', ${clock()}, ${isKept})
      on conflict do nothing returning 1`,
  );
  if (mine === undefined) {
    const [kept] = await rows<{ request_hash: string; answer: Json }>(
      tx,
      sql`select request_hash, answer from erp_company.idempotency_key
        where scope = ${scope} and key = ${key}`,
    );
    return kept?.request_hash === requestHash
      ? accept({ answer: kept.answer, again: true })
      : refuse('company.key-reused', 'this key came with another request before', 'key');
  }
  const answer = await work();
  await send(
    tx,
    sql`update erp_company.idempotency_key set answer = ${JSON.stringify(answer)}
      where scope = ${scope} and key = ${key}`,
  );
  return accept({ answer, again: false });
}

/** What was answered under a key. Undefined: nothing, or it is being done. */
export async function answerOf(
  handle: Handle,
  { scope, key }: Pick<OnceOnly, 'scope' | 'key'>,
): Promise<Json | undefined> {
  const [kept] = await rows<{ answer: Json }>(
    handle,
    sql`select answer from erp_company.idempotency_key where scope = ${scope} and key = ${key}`,
  );
  return kept?.answer;
}

/** Forgets keys older than an instant, but for those that are kept. Answers how many. */
export async function forgetKeys(handle: Handle, before: Instant): Promise<number> {
  const forgotten = await rows(
    handle,
    sql`delete from erp_company.idempotency_key where created_at < ${before} and not is_kept
      returning 1`,
  );
  return forgotten.length;
}
