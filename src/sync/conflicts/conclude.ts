import { rows, sql } from '#database';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { findPosting, supersedePosting } from '#postings';
import { dismissPosting } from '#postings/decisions';
import type { PostingTarget } from '#postings';
import { keepBase } from './base.ts';
import type { Conflict } from './conflict.ts';
import type { Choice } from './decide.ts';
import type { Result } from './weigh.ts';

/** Who concludes a conflict, and when; `by` undefined: rules, or nothing was to be decided. */
export type Conclusion = {
  readonly result: Result;
  readonly choices: ReadonlyMap<string, Choice>;
  readonly by: string | undefined;
  readonly at: Instant;
};

/** What a machine calls itself in the story of a posting. */
export const BY_RULES = 'conflict rules';

/**
 * Ends a conflict: the result goes out against the version that was compared, in the place of the
 * posting that met it; or that one is given up, and theirs stands.
 */
export async function conclude(
  transaction: Handle,
  conflict: Conflict,
  { result, choices, by, at }: Conclusion,
): Promise<{ readonly sentAs: string | undefined }> {
  const { id, postingId, rulesVersion, fields } = conflict;
  const decided = decisionsOf(conflict, choices);
  const deed = { by: by ?? BY_RULES, at, reason: `conflict ${id}: ${inWords(result)}` };
  let sentAs: string | undefined;
  if (result === 'keep-theirs') await dismissPosting(transaction, postingId, deed);
  else {
    const before = await findPosting(transaction, postingId);
    const asked = before?.cause.by ?? conflict.oursBy;
    const made = await supersedePosting(
      transaction,
      postingId,
      {
        businessKey: keyOf(before?.businessKey ?? postingId, id),
        payload: result.send,
        target: targetOf(conflict),
        cause: { by: by ?? asked, conflict: id, replaces: postingId, rulesVersion, decided },
      },
      deed,
    );
    await keepBase(transaction, made, conflict.theirs, at);
    sentAs = made.id;
  }
  const outcome = result === 'keep-theirs' ? 'kept-theirs' : 'sent';
  await rows(
    transaction,
    sql`update sync.conflict set state = ${by === undefined ? 'settled' : 'decided'},
        decided_at = ${at}, decided_by = ${by ?? null}, outcome = ${outcome},
        sent_as = ${sentAs ?? null}, fields = ${JSON.stringify(fields)}::json,
        decision = ${canonicalJson(decided)}::json
      where id = ${id}`,
  );
  return { sentAs };
}

/** By field: what became of it and why. */
function decisionsOf({ fields }: Conflict, choices: ReadonlyMap<string, Choice>): JsonObject {
  return Object.fromEntries(
    fields.map(({ field, verdict }) => {
      const choice = choices.get(field);
      if (choice === undefined) {
        const { take, because, rule } = verdict;
        return [field, { take, because, ...(rule === undefined ? {} : { rule }) }];
      }
      return [field, { ...choice, because: 'person' }];
    }),
  );
}

function targetOf({ key, theirsVersion, theirsHash }: Conflict): PostingTarget {
  return theirsVersion === null
    ? { key, contentHash: theirsHash }
    : { key, version: theirsVersion };
}

/** The first key with the conflict that changed it: a conflict of a conflict does not grow it. */
const keyOf = (businessKey: string, conflict: string): string =>
  `${businessKey.replace(/ \(conflict_[^)]*\)$/, '')} (${conflict})`;

const inWords = (result: Result): string =>
  result === 'keep-theirs' ? 'what is there stands' : 'merged, and sent again';
