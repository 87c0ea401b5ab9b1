import type { Operation } from '#adapter-kit';
import { rows, sql } from '#database';
import type { Handle } from '#database';
import type { JsonObject } from '#kernel';
import type { Instant } from '#kernel/time';
import { findPosting } from '#postings';
import { syncError } from '../errors.ts';
import { conclude } from './conclude.ts';
import { CONFLICT_COLUMNS, loadConflict } from './conflict.ts';
import type { Conflict } from './conflict.ts';
import { openFields } from './decide.ts';
import type { Choice } from './decide.ts';
import { sameValue } from './same-value.ts';
import { resultOf } from './weigh.ts';

/** What a person decides: all of one side, or field by field. */
export type Decision = {
  readonly id: string;
  readonly revision?: number; // As they saw it: another one by now is refused.
  readonly whole?: 'ours' | 'theirs';
  readonly fields?: Readonly<Record<string, Choice>>;
  readonly by: string;
  readonly at: Instant;
  /** Says what is wrong with what would be sent; empty: nothing. */
  readonly check: (
    operation: Operation,
    payload: JsonObject,
  ) => readonly { readonly field: string; readonly reason: string }[];
};

/**
 * Decides an open conflict: what comes of it goes out against the version that was shown. Fails with
 * `sync.no-conflict`, `sync.conflict-decided`, or `sync.bad-decision`, which names the fields.
 */
export async function decideConflict(transaction: Handle, decision: Decision): Promise<Conflict> {
  const conflict = await lockOpen(transaction, decision);
  const choices = choicesOf(conflict, decision);
  const result = resultOf(conflict, conflict.fields, choices);
  if (result !== 'keep-theirs') {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a posting's own operation.
    const problems = decision.check(conflict.operation as Operation, result.send);
    const said = problems.map(({ field, reason }) => `${field}: ${reason}`);
    if (said.length > 0) throw badDecision(conflict.id, said.join('\n'));
  }
  const { by, at } = decision;
  await conclude(transaction, conflict, { result, choices, by, at });
  return loadConflict(transaction, conflict.id);
}

async function lockOpen(transaction: Handle, { id, revision }: Decision): Promise<Conflict> {
  const [found] = await rows<Conflict>(
    transaction,
    sql`select ${CONFLICT_COLUMNS} from sync.conflict where id = ${id} for update`,
  );
  const message = `deciding the conflict ${id}`;
  if (found === undefined) {
    const remedy = 'There is none of this id. Look at the list.';
    throw syncError('not-found', 'sync.no-conflict', message, { remedy });
  }
  const posting = await findPosting(transaction, found.postingId);
  const seen = revision === undefined || revision === found.revision;
  const same = seen && sameValue(posting?.payload, found.payload); // Edited among the dead letters.
  if (found.state === 'open' && same) return found;
  throw syncError('conflict', 'sync.conflict-decided', message, {
    remedy:
      found.state === 'open'
        ? 'It has changed meanwhile and is weighed anew. Look at it again.'
        : `It is ${found.state} already. Look at it again.`,
  });
}

function choicesOf(
  { id, fields }: Conflict,
  { whole, fields: chosen = {} }: Decision,
): ReadonlyMap<string, Choice> {
  const choices = new Map<string, Choice>(Object.entries(chosen));
  if (whole !== undefined) {
    for (const { field, side, verdict } of fields) {
      const isContested = side === 'both' && verdict.because !== 'reckoned';
      const isTheirsAlone = whole === 'theirs' && side === 'ours';
      if (!choices.has(field) && (isContested || isTheirsAlone))
        choices.set(field, { take: whole });
    }
  }
  const known = new Set(fields.map(({ field }) => field));
  const unknown = [...choices.keys()].filter((field) => !known.has(field));
  if (unknown.length > 0) {
    throw badDecision(id, `It is not about: ${unknown.join(', ')}.`);
  }
  const open = openFields(fields, choices);
  if (open.length > 0) throw badDecision(id, `Decide also: ${open.join(', ')}.`);
  return choices;
}

const badDecision = (id: string, remedy: string) =>
  syncError('invalid', 'sync.bad-decision', `deciding the conflict ${id}`, { remedy });
