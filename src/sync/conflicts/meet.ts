import type { SourceDocument } from '#adapter-kit';
import { isRecordKind } from '#canonical';
import type { RecordKind } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import { newId } from '#kernel';
import type { JsonObject } from '#kernel';
import { millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import { contentHashOf, writingsOn } from '#postings';
import { retryPosting } from '#postings/decisions';
import type { Posting, PostingTarget } from '#postings';
import { beginningOf, lastSeen } from './base.ts';
import { BY_RULES } from './conclude.ts';
import { CONFLICT_COLUMNS } from './conflict.ts';
import type { Conflict } from './conflict.ts';
import { rulesFor } from './rules.ts';
import { weigh } from './weigh.ts';
import type { Meeting, Weighed } from './weigh.ts';

/** The way to look at what a posting is to change. */
export type Place = {
  readonly fetch: (
    entity: string,
    key: string,
    stop: AbortSignal,
  ) => Promise<SourceDocument | undefined>;
  readonly entityOf: (kind: string) => string | undefined;
  readonly canonicalOf: (kind: string, document: SourceDocument) => JsonObject | undefined;
};

export type ConflictDeps = {
  readonly database: Database;
  readonly clock: Clock;
  /** Undefined: nothing can be read there. */
  readonly placeOf: (integration: string) => Promise<Place | undefined>;
};

/** Both sides of a posting that was refused as overtaken, weighed. */
export type Met = {
  readonly posting: Posting;
  readonly target: PostingTarget;
  readonly kind: RecordKind;
  readonly document: SourceDocument;
  readonly meeting: Meeting;
  readonly weighed: Weighed;
  readonly rulesVersion: number;
};

const LOOK_MS_MAX = 30_000;

/**
 * Looks at what a posting was to change as it is now, and weighs both changes. Undefined: there is
 * nothing to compare, so it stays with those that wait for a person; what is gone is told by sending.
 */
export async function meet(deps: ConflictDeps, posting: Posting): Promise<Met | undefined> {
  const { database, clock, placeOf } = deps;
  const { target, integration, kind } = posting;
  const place = await placeOf(integration);
  const entity = place?.entityOf(kind);
  if (place === undefined || entity === undefined) return undefined;
  if (target === undefined || !isRecordKind(kind)) return undefined;
  const { key } = target;
  const document = await place.fetch(entity, key, AbortSignal.timeout(LOOK_MS_MAX));
  if (document === undefined || document.deleted === true) {
    const deed = { by: BY_RULES, at: clock() };
    await transact(database, (transaction) => retryPosting(transaction, posting.id, deed));
    return undefined;
  }
  const theirs = place.canonicalOf(kind, document);
  if (theirs === undefined) return undefined;
  const handle = database.kysely;
  const rules = await rulesFor(handle, integration, kind);
  const aimed = { ...posting, target };
  const beginning = await beginningOf(handle, aimed, {
    writings: await writingsOn(handle, { integration, kind, key }),
    seen: await lastSeen(handle, { integration, entity, kind, key }),
    now: document,
    canonicalOf: place.canonicalOf,
  });
  const { operation, payload, createdAt: oursAt } = posting;
  const theirsAt = document.changedAt;
  const meeting = { kind, operation, payload, ...beginning, theirs, oursAt, theirsAt };
  const weighed = weigh(meeting, rules.rules);
  return { posting, target, kind, document, meeting, weighed, rulesVersion: rules.version };
}

/** Writes a conflict down, or anew when it stood already. */
export async function putConflict(
  transaction: Handle,
  { posting, target, kind, document, meeting, weighed, rulesVersion }: Met,
  clock: Clock,
): Promise<Conflict> {
  const at = clock();
  const { theirs, payload, theirsAt, oursAt } = meeting;
  const { base, ours, cases, asks } = weighed;
  const [put] = await rows<Conflict>(
    transaction,
    sql`insert into sync.conflict (id, integration, kind, key, title, posting_id, operation, state,
        payload, base, ours, theirs, theirs_version, theirs_hash, fields, asks, ours_by, ours_at,
        theirs_at, rules_version, noticed_at)
      values (${newId('conflict', millisecondsOf(at))}, ${posting.integration}, ${kind},
        ${target.key}, ${titleOf(theirs, target.key)}, ${posting.id}, ${posting.operation}, 'open',
        ${JSON.stringify(payload)}, ${base === undefined ? null : JSON.stringify(base)}::json,
        ${JSON.stringify(ours)}, ${JSON.stringify(theirs)}, ${document.version ?? null},
        ${contentHashOf(document.content)}, ${JSON.stringify(cases)}, ${asks.length},
        ${posting.cause.by}, ${oursAt}, ${theirsAt ?? null}, ${rulesVersion}, ${at})
      on conflict (posting_id) where state = 'open' do update set
        revision = conflict.revision + 1, payload = excluded.payload, base = excluded.base, ours = excluded.ours,
        theirs = excluded.theirs, theirs_version = excluded.theirs_version,
        theirs_hash = excluded.theirs_hash, fields = excluded.fields, asks = excluded.asks,
        theirs_at = excluded.theirs_at, rules_version = excluded.rules_version
      returning ${CONFLICT_COLUMNS}`,
  );
  if (put === undefined) throw new Error(`the conflict of ${posting.id} was not written down`);
  return put;
}

/** What people call it: its number and name, else its key. */
function titleOf(content: JsonObject, key: string): string {
  const said = [content['number'], content['name']].flatMap((value) =>
    typeof value === 'string' && value !== '' ? [value] : [],
  );
  return said.length === 0 ? key : said.join(' ');
}
