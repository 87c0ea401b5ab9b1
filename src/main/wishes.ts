import { OPERATIONS } from '#adapter-kit';
import type { Operation } from '#adapter-kit';
import { checkContent } from '#canonical';
import type { ContentProblem } from '#canonical';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import { listAttempts } from '#postings';
import type { Posting, PostingDraft } from '#postings';
import { mainError } from './errors.ts';

/** A change carries only what it changes; a cancellation carries nothing. */
export function problemsOf(operation: Operation, payload: JsonObject): readonly ContentProblem[] {
  if (/^(cancel|reverse)-/.test(operation)) return [];
  const checked = checkContent(OPERATIONS[operation], payload);
  if (checked.ok) return [];
  const problems = checked.problems.map((problem) => told(payload, problem));
  const given = ({ field }: ContentProblem): boolean =>
    Object.hasOwn(payload, field.split('.')[0] ?? '') || field === '';
  return operation.startsWith('update-') ? problems.filter(given) : problems;
}

/** What keeps a wish from being written down. What changes something has to say what. */
export function problemsIn({
  operation,
  payload,
  target,
}: PostingDraft): readonly ContentProblem[] {
  const problems = problemsOf(operation, payload);
  if (target !== undefined || !/^(update|cancel|reverse)-/.test(operation)) return problems;
  const reason = 'is missing: the key, in that system, of what is to be changed';
  return [{ field: 'target', reason }, ...problems];
}

/** What is not there at all is missing, whatever it should have been. */
function told(payload: JsonObject, { field, reason }: ContentProblem): ContentProblem {
  let at: unknown = payload;
  for (const part of field === '' ? [] : field.split('.')) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined;
  }
  if (at !== undefined) return { field, reason };
  const wanted = reason.endsWith('received undefined') ? '' : `: ${reason}`;
  return { field, reason: `is missing${wanted}` };
}

/**
 * A key names one wish. Asked again it is the same transaction; asked for something else it is a
 * mistake that must not pass for done. What a person has edited since is told by its story.
 */
export async function requireSameWish(
  handle: Handle,
  posting: Posting,
  { payload, target }: PostingDraft,
): Promise<void> {
  const { id, businessKey, progress } = posting;
  const edit = (await listAttempts(handle, id)).find(({ action }) => action === 'edit');
  const asked = edit?.detail?.['before'] ?? posting.payload;
  const same = canonicalJson(asked) === canonicalJson(payload);
  if (same && posting.target?.key === target?.key) return;
  throw mainError('conflict', 'main.key-taken', `asking for '${businessKey}' once more`, {
    remedy:
      `The key names ${id} already (${progress.state}), which carries something else. ` +
      'Nothing was written down. For another wish give another key.',
  });
}

/** Fails with what is wrong, field by field. */
export function badPayload(
  operation: Operation,
  problems: readonly ContentProblem[],
): ReturnType<typeof mainError> {
  return mainError('invalid', 'main.bad-payload', `checking what '${operation}' is to carry`, {
    remedy: [
      ...problems.map(({ field, reason }) => `${field}: ${reason}`),
      'docs/guides/payloads.md has an example of every operation.',
    ].join('\n'),
  });
}
