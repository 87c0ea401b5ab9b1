import type { Handle } from '#database';
import { accept, findLegalEntity, refuse } from '#erp/company';
import type { ErpContext, Result } from '#erp/company';
import { assert } from '#kernel';
import { decideEntry } from './decide-entry.ts';
import { isManual } from './entry.ts';
import type { DecidedEntry, EntryDraft, PostedEntry } from './entry.ts';
import { readEntryFacts } from './entry-facts.ts';
import type { EntityFacts, FactsWish } from './entry-facts.ts';
import type { LedgerProblemCode } from './errors.ts';
import type { Named } from './masters.ts';
import { writeEntries } from './write-entries.ts';

/**
 * Posts entries: all that may be, in the order of the drafts; a refused one stops no other. The
 * accounts that posting keys led to are in the answer. A draft without a source stands for itself.
 */
export async function postEntries(
  tx: Handle,
  context: ErpContext,
  drafts: readonly EntryDraft[],
): Promise<Result<PostedEntry, LedgerProblemCode>[]> {
  return await postAsked(tx, context, drafts, false);
}

/** The same, for drafts that somebody else has looked at, where four eyes are asked for. */
export async function postApproved(
  tx: Handle,
  context: ErpContext,
  drafts: readonly EntryDraft[],
): Promise<Result<PostedEntry, LedgerProblemCode>[]> {
  return await postAsked(tx, context, drafts, true);
}

async function postAsked(
  tx: Handle,
  context: ErpContext,
  drafts: readonly EntryDraft[],
  approved: boolean,
): Promise<Result<PostedEntry, LedgerProblemCode>[]> {
  const facts = await factsFor(tx, drafts.map(asPosting), namedIn(drafts));
  const asking = { roles: context.roles ?? [], approved };
  const decided = drafts.map((draft): Result<DecidedEntry, LedgerProblemCode> => {
    const own = facts.get(draft.legalEntity);
    return own === undefined
      ? refuse('ledger.no-such-legal-entity', `there is no legal entity ${draft.legalEntity}`)
      : decideEntry(own, draft, asking);
  });
  return await writeDecided(tx, context, decided);
}

/** Writes what was decided and answers in the order of the decisions. */
export async function writeDecided<Code extends string>(
  tx: Handle,
  context: ErpContext,
  decided: readonly Result<DecidedEntry, Code>[],
): Promise<Result<PostedEntry, Code>[]> {
  const good = decided.flatMap((each) => (each.ok ? [each.value] : []));
  const posted = (await writeEntries(tx, context, good)).values();
  return decided.map((each) => {
    if (!each.ok) return each;
    const { value } = posted.next();
    assert(value !== undefined, 'every decided entry was written');
    return accept(value);
  });
}

/** A day on which something is to be posted. Without a currency it is in the company's own. */
type Posting = Pick<EntryDraft, 'legalEntity' | 'postedOn'> &
  Partial<Pick<EntryDraft, 'currency' | 'rate'>> & { readonly projects?: readonly string[] };

/** With the projects that lines by hand name: what documents name, they have asked for. */
export const asPosting = (draft: EntryDraft): Posting => ({
  ...draft,
  projects: isManual(draft.kind) ? draft.lines.flatMap(({ project }) => project ?? []) : [],
});

/** What these drafts name of the master data; 'rounding' may take what is left of any of them. */
function namedIn(drafts: readonly EntryDraft[]): Named {
  const lines = drafts.flatMap((draft) => draft.lines);
  return {
    postings: [...new Set(['rounding', ...lines.flatMap(({ posting }) => posting?.key ?? [])])],
    accounts: [...new Set(lines.flatMap(({ account }) => account ?? []))],
    costCentres: [...new Set(lines.flatMap(({ costCentre }) => costCentre ?? []))],
  };
}

/** What deciding these drafts needs, by legal entity; of master data no more than is `named`. */
export async function factsFor(
  tx: Handle,
  drafts: readonly Posting[],
  named?: Named,
): Promise<ReadonlyMap<string, EntityFacts>> {
  if (drafts.length === 0) return new Map();
  const byEntity = Map.groupBy(drafts, ({ legalEntity }) => legalEntity);
  const codes = [...byEntity.keys()].toSorted();
  const found = await Promise.all(codes.map((code) => findLegalEntity(tx, code)));
  const concerned = found.filter((entity) => entity !== undefined);
  const wishes = concerned.map(({ code, currency }): FactsWish => {
    const own = byEntity.get(code) ?? [];
    return {
      legalEntity: code,
      days: own.map(({ postedOn }) => postedOn),
      currencies: own.flatMap(({ currency: asked = currency, rate, postedOn }) =>
        asked === currency || rate !== undefined ? [] : [{ currency: asked, on: postedOn }],
      ),
      projects: own.flatMap(({ projects = [] }) => projects),
    };
  });
  return await readEntryFacts(
    tx,
    wishes,
    new Map(concerned.map(({ code, currency }) => [code, currency])),
    named,
  );
}
