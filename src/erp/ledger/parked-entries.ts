import { insertRows, rows, sql, unnested } from '#database';
import type { Handle } from '#database';
import { accept, refuse } from '#erp/company';
import type { ErpContext, Refusal, Result } from '#erp/company';
import { newId } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Instant, LocalDate } from '#kernel/time';
import type { EntryDraft, PostedEntry } from './entry.ts';
import type { LedgerProblemCode } from './errors.ts';
import { readLedgerSettings } from './install-ledger.ts';
import { asPosting, factsFor, postApproved } from './post-entries.ts';
import { decideEntry } from './decide-entry.ts';

/** A manual entry that waits: for completion, or for somebody else to look at it. */
export type ParkedEntry = {
  readonly id: string;
  readonly legalEntity: string;
  readonly draft: EntryDraft;
  readonly postedOn: LocalDate;
  readonly text: string;
  readonly status: 'parked' | 'posted' | 'withdrawn';
  readonly entryId: string | null;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly decidedBy: string | null;
};

/** A parked entry that somebody has decided about, as they last saw it. */
export type ParkedRef = { readonly id: string; readonly version: number };

const SELECTED = sql`id, legal_entity as "legalEntity", draft, posted_on as "postedOn", text, status,
  entry_id as "entryId", version, created_by as "createdBy", created_at as "createdAt",
  decided_by as "decidedBy"`;

/** Parks manual entries. What could not be posted even by somebody else is refused at once. */
export async function parkEntries(
  tx: Handle,
  context: ErpContext,
  drafts: readonly Omit<EntryDraft, 'kind'>[],
): Promise<Result<{ readonly id: string }, LedgerProblemCode>[]> {
  const whole = drafts.map((draft): EntryDraft => ({ ...draft, kind: 'manual' }));
  const facts = await factsFor(tx, whole.map(asPosting));
  const at = context.clock();
  const results = whole.map(
    (draft): Result<{ id: string; draft: EntryDraft }, LedgerProblemCode> => {
      const own = facts.get(draft.legalEntity);
      if (own === undefined) {
        return refuse('ledger.no-such-legal-entity', `there is no ${draft.legalEntity}`);
      }
      const decided = decideEntry(own, draft, { roles: context.roles ?? [], approved: true });
      return decided.ok ? accept({ id: newId('pe', millisecondsOf(at)), draft }) : decided;
    },
  );
  const good = results.flatMap((each) => (each.ok ? [each.value] : []));
  await insertRows(
    tx,
    'erp_ledger.parked_entry',
    {
      id: 'text',
      legal_entity: 'text',
      draft: 'jsonb',
      posted_on: 'date',
      text: 'text',
      status: 'text',
      created_by: 'text',
      created_at: 'timestamptz',
    },
    good.map(({ id, draft }) => ({
      id,
      legal_entity: draft.legalEntity,
      draft: JSON.stringify(draft),
      posted_on: draft.postedOn,
      text: draft.text,
      status: 'parked',
      created_by: context.by,
      created_at: at,
    })),
  );
  return results.map((each) => (each.ok ? accept({ id: each.value.id }) : each));
}

/** Posts parked entries. Where four eyes are asked for, not by the one who parked them. */
export async function postParked(
  tx: Handle,
  context: ErpContext,
  refs: readonly ParkedRef[],
): Promise<Result<PostedEntry, LedgerProblemCode>[]> {
  const found = await lockParked(tx, context, refs);
  const { fourEyes } = await readLedgerSettings(tx, context.legalEntity);
  const looked = refs.map((ref): Result<ParkedEntry, LedgerProblemCode> => {
    const parked = found.get(ref.id);
    const refusal = problemOf(parked, ref);
    if (refusal !== undefined || parked === undefined) return refusal ?? noSuch(ref);
    return fourEyes && parked.createdBy === context.by
      ? refuse('ledger.four-eyes', `${context.by} parked it: somebody else posts it`)
      : accept(parked);
  });
  const good = looked.flatMap((each) => (each.ok ? [each.value] : []));
  const posted = await postApproved(
    tx,
    context,
    good.map(({ draft }) => draft),
  );
  await settle(
    tx,
    context,
    good.flatMap(({ id }, at) => {
      const result = posted[at];
      return result?.ok === true ? [{ id, status: 'posted', entry_id: result.value.id }] : [];
    }),
  );
  const answers = posted.values();
  return looked.map((each) => (each.ok ? (answers.next().value ?? noSuch(each.value)) : each));
}

/** Takes parked entries back: they touched no books, and took no number. */
export async function withdrawParked(
  tx: Handle,
  context: ErpContext,
  refs: readonly ParkedRef[],
): Promise<Result<undefined, LedgerProblemCode>[]> {
  const found = await lockParked(tx, context, refs);
  const results = refs.map((ref) => problemOf(found.get(ref.id), ref) ?? accept(undefined));
  const good = refs.filter((_, at) => results[at]?.ok === true);
  await settle(
    tx,
    context,
    good.map(({ id }) => ({ id, status: 'withdrawn', entry_id: null })),
  );
  return results;
}

/** Parked entries that wait, by their day. */
export const listParked = (handle: Handle, legalEntity: string): Promise<ParkedEntry[]> =>
  rows<ParkedEntry>(
    handle,
    sql`select ${SELECTED} from erp_ledger.parked_entry
      where legal_entity = ${legalEntity} and status = 'parked' order by posted_on, id`,
  );

async function lockParked(
  tx: Handle,
  { legalEntity }: ErpContext,
  refs: readonly ParkedRef[],
): Promise<ReadonlyMap<string, ParkedEntry>> {
  const found = await rows<ParkedEntry>(
    tx,
    sql`select ${SELECTED} from erp_ledger.parked_entry
      where id = any(${refs.map(({ id }) => id)}) and legal_entity = ${legalEntity}
      order by id for update`,
  );
  return new Map(found.map((each) => [each.id, each]));
}

async function settle(
  tx: Handle,
  context: ErpContext,
  values: readonly { id: string; status: string; entry_id: string | null }[],
): Promise<void> {
  const settled = unnested('s', { id: 'text', status: 'text', entry_id: 'text' }, values);
  await rows(
    tx,
    sql`update erp_ledger.parked_entry p set status = s.status, entry_id = s.entry_id,
        version = p.version + 1, decided_by = ${context.by}, decided_at = ${context.clock()}
      from ${settled} where p.id = s.id`,
  );
}

function problemOf(
  parked: ParkedEntry | undefined,
  ref: ParkedRef,
): Refusal<LedgerProblemCode> | undefined {
  if (parked === undefined) return noSuch(ref);
  if (parked.status !== 'parked') {
    return refuse('ledger.not-waiting', `it was ${parked.status} before`, 'id');
  }
  return parked.version === ref.version
    ? undefined
    : refuse('ledger.moved-on', 'it was changed meanwhile', 'version');
}

const noSuch = ({ id }: { readonly id: string }): Refusal<LedgerProblemCode> =>
  refuse('ledger.no-such-parked-entry', `there is no parked entry ${id}`, 'id');
