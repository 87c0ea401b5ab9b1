import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { newId } from '#kernel';
import { addMonths, millisecondsOf } from '#kernel/time';
import type { LocalDate } from '#kernel/time';
import type { EntryDraft, PostedEntry } from './entry.ts';
import type { LedgerProblemCode } from './errors.ts';
import { postApproved } from './post-entries.ts';

/** An entry that comes again and again: rent, depreciation, insurance. */
export type RecurringEntry = {
  readonly id: string;
  readonly legalEntity: string;
  readonly name: string;
  readonly draft: RecurringTemplate;
  readonly everyMonths: number;
  readonly firstOn: LocalDate;
  readonly postedTimes: number;
  readonly nextOn: LocalDate;
  readonly untilOn: LocalDate | null; // The last day it may be due on.
  readonly status: 'active' | 'paused' | 'ended';
  readonly version: number;
};

/** What is posted each time; the day is the day it is due. */
export type RecurringTemplate = Pick<EntryDraft, 'currency' | 'text' | 'lines'>;

/** A recurring entry as it is asked for. */
export type RecurringDraft = Pick<RecurringEntry, 'name' | 'draft' | 'everyMonths' | 'firstOn'> & {
  readonly untilOn?: LocalDate;
};

/** One time that was due, and what came of it. */
export type RecurringOutcome = {
  readonly id: string;
  readonly on: LocalDate;
  readonly result: Result<PostedEntry, LedgerProblemCode>;
};

const SELECTED = sql`id, legal_entity as "legalEntity", name, draft, every_months as "everyMonths",
  first_on as "firstOn", posted_times as "postedTimes", next_on as "nextOn",
  until_on as "untilOn", status, version`;
const TIMES_MAX = 120; // That one call catches up with, each.

/** Sets up entries that recur. Whoever is allowed to do that has looked at them for ever. */
export async function createRecurring(
  tx: Handle,
  context: ErpContext,
  drafts: readonly RecurringDraft[],
): Promise<Result<{ readonly id: string }, LedgerProblemCode>[]> {
  const at = context.clock();
  const results = drafts.map(
    (draft) => problemOf(draft) ?? accept({ id: newId('re', millisecondsOf(at)), draft }),
  );
  await insertRows(
    tx,
    'erp_ledger.recurring_entry',
    {
      id: 'text',
      legal_entity: 'text',
      name: 'text',
      draft: 'jsonb',
      every_months: 'integer',
      first_on: 'date',
      next_on: 'date',
      until_on: 'date',
      status: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    results.flatMap((each) =>
      each.ok
        ? [
            {
              id: each.value.id,
              legal_entity: context.legalEntity,
              name: each.value.draft.name,
              draft: JSON.stringify(each.value.draft.draft),
              every_months: each.value.draft.everyMonths,
              first_on: each.value.draft.firstOn,
              next_on: each.value.draft.firstOn,
              until_on: each.value.draft.untilOn,
              status: 'active',
              created_by: context.by,
              created_at: at,
            },
          ]
        : [],
    ),
  );
  return results.map((each) => (each.ok ? accept({ id: each.value.id }) : each));
}

/** Pauses, resumes or ends a recurring entry. What has ended stays so. */
export async function changeRecurring(
  tx: Handle,
  context: ErpContext,
  change: {
    readonly id: string;
    readonly version: number;
    readonly status: RecurringEntry['status'];
  },
): Promise<Result<RecurringEntry, LedgerProblemCode>> {
  const { id, version, status } = change;
  const [changed] = await rows<RecurringEntry>(
    tx,
    sql`update erp_ledger.recurring_entry set status = ${status}, version = version + 1
      where id = ${id} and legal_entity = ${context.legalEntity} and version = ${version}
        and status <> 'ended' returning ${SELECTED}`,
  );
  if (changed !== undefined) return accept(changed);
  const known = await listRecurring(tx, context.legalEntity);
  return known.some((each) => each.id === id)
    ? refuse('ledger.moved-on', 'it was changed meanwhile, or has ended', 'version')
    : refuse('ledger.no-such-recurring-entry', `there is no recurring entry ${id}`, 'id');
}

/** Recurring entries of a legal entity, the next due first. */
export const listRecurring = (handle: Handle, legalEntity: string): Promise<RecurringEntry[]> =>
  rows<RecurringEntry>(
    handle,
    sql`select ${SELECTED} from erp_ledger.recurring_entry
      where legal_entity = ${legalEntity} order by next_on, id`,
  );

/**
 * Posts everything that is due up to a day, each on its own day, once: the rows stay locked, so
 * two who do this post nothing twice. One that is refused stays due, and its later times wait.
 */
export async function postRecurring(
  tx: Handle,
  context: ErpContext,
  upTo: LocalDate,
): Promise<RecurringOutcome[]> {
  const due = await rows<RecurringEntry>(
    tx,
    sql`select ${SELECTED} from erp_ledger.recurring_entry
      where legal_entity = ${context.legalEntity} and status = 'active' and next_on <= ${upTo}
      order by id for update`,
  );
  const days = new Map(due.map((each) => [each.id, daysDue(each, upTo)]));
  const outcomes: RecurringOutcome[] = [];
  let waiting: readonly RecurringEntry[] = due;
  for (let time = 0; waiting.length > 0; time += 1) {
    const times = waiting.flatMap((each) =>
      (days.get(each.id) ?? []).slice(time, time + 1).map((on) => ({ each, on })),
    );
    const posted = await postApproved(tx, context, times.map(draftOf));
    for (const [at, result] of posted.entries()) {
      const { each, on } = times[at] ?? {};
      if (each !== undefined && on !== undefined) outcomes.push({ id: each.id, on, result });
    }
    waiting = times.flatMap(({ each }, at) => (posted[at]?.ok === true ? [each] : []));
  }
  await advance(tx, due, outcomes);
  return outcomes;
}

const draftOf = (time: { readonly each: RecurringEntry; readonly on: LocalDate }): EntryDraft => ({
  ...time.each.draft,
  legalEntity: time.each.legalEntity,
  kind: 'recurring',
  postedOn: time.on,
  documentOn: time.on,
  source: {
    area: 'ledger',
    kind: 'recurring-entry',
    id: time.each.id,
    number: time.each.name,
  },
});

/** The days on which it is due up to a day: counted from the first, so that a 31st stays one. */
function daysDue(each: RecurringEntry, upTo: LocalDate): LocalDate[] {
  const last = each.untilOn !== null && each.untilOn < upTo ? each.untilOn : upTo;
  const days: LocalDate[] = [];
  while (days.length < TIMES_MAX) {
    const on = addMonths(each.firstOn, (each.postedTimes + days.length) * each.everyMonths);
    if (on > last) break;
    days.push(on);
  }
  return days;
}

async function advance(
  tx: Handle,
  due: readonly RecurringEntry[],
  outcomes: readonly RecurringOutcome[],
): Promise<void> {
  const moved = due.map((each) => {
    const done = outcomes.filter(({ id, result }) => id === each.id && result.ok).length;
    const nextOn = addMonths(each.firstOn, (each.postedTimes + done) * each.everyMonths);
    const ended = each.untilOn !== null && nextOn > each.untilOn;
    return { id: each.id, done, next_on: nextOn, status: ended ? 'ended' : 'active' };
  });
  const columns = { id: 'text', done: 'integer', next_on: 'date', status: 'text' } as const;
  await rows(
    tx,
    sql`update erp_ledger.recurring_entry r set posted_times = r.posted_times + m.done,
        next_on = m.next_on, status = m.status, version = r.version + 1
      from ${unnested('m', columns, moved)} where r.id = m.id`,
  );
}

function problemOf(draft: RecurringDraft): Refusal<LedgerProblemCode> | undefined {
  const { name, everyMonths, firstOn, untilOn } = draft;
  if (name.trim() === '') return refuse('ledger.bad-recurrence', 'it has a name', 'name');
  if (!Number.isInteger(everyMonths) || everyMonths < 1 || everyMonths > 12) {
    return refuse('ledger.bad-recurrence', 'every 1 to 12 months', 'everyMonths');
  }
  return untilOn !== undefined && untilOn < firstOn
    ? refuse('ledger.bad-recurrence', 'it ends before it begins', 'untilOn')
    : undefined;
}
