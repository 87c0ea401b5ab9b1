import type { Result } from '#erp/company';
import { assert } from '#kernel';

/** What came of what cannot fail in a company that nobody else has touched. */
export function made<T>(results: readonly Result<T>[]): readonly T[] {
  return results.map((result) => {
    assert(result.ok, result.ok ? '' : `${result.problem.code}: ${result.problem.message}`);
    return result.value;
  });
}
