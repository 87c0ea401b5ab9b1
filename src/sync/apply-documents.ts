import { referencesOf } from '#canonical';
import { rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import type { Json } from '#kernel';
import { applyPage } from '#records';
import type { Applied, Draft } from '#records';
import { readPage } from './documents.ts';
import type { Grouped, PageDocument } from './documents.ts';
import type { Document, MappingProblem } from './mapping/document.ts';
import { placeOf } from './mapping/map-document.ts';
import type { MapDocument } from './mapping/map-document.ts';
import { nodeNamed } from './mapping/plan.ts';
import type { Plan } from './mapping/plan.ts';
import { missingReason, missingReferences } from './missing-references.ts';
import { quarantine, release } from './quarantine.ts';
import type { Held, QuarantinePlace } from './quarantine.ts';

type Options = {
  readonly database: Database;
  readonly grouped: Grouped;
  readonly map: MapDocument;
  readonly place: QuarantinePlace;
  readonly checkpoint: number;
  readonly mappingVersion: number;
  /** Keys that may not be applied, with the reason: their files cannot be read in full. */
  readonly heldBack: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  /** Runs in the page's transaction, with what the page did. */
  readonly onPage: (transaction: Handle, applied: Applied & { released: number }) => Promise<void>;
};

type Sorted = {
  readonly drafts: readonly Draft[];
  readonly leftOut: readonly string[];
  readonly held: readonly Held[];
};

/** Maps and applies all documents that look new: one transaction a page, with its checkpoint. */
export async function applyDocuments(options: Options): Promise<void> {
  const { database, grouped, signal } = options;
  let next = ahead(options, 0);
  for (let page = 0; page < grouped.pages; page += 1) {
    signal.throwIfAborted();
    const sorted = await next;
    next = page + 1 < grouped.pages ? ahead(options, page + 1) : next;
    await transact(database, (transaction) => applyOnce(transaction, options, sorted, page));
  }
}

/** Reads and maps a page while the one before it is being applied. */
function ahead(options: Options, page: number): Promise<Sorted> {
  const reading = readPage(options.database.kysely, options.grouped, page);
  const sorting = reading.then((documents) => sortDocuments(options, documents));
  sorting.catch(() => undefined); // It is awaited later, or not at all after another failure.
  return sorting;
}

async function applyOnce(
  transaction: Handle,
  options: Options,
  sorted: Sorted,
  page: number,
): Promise<void> {
  const { grouped, place, checkpoint } = options;
  const { drafts, leftOut, held } = sorted;
  const keys = [...drafts.map(({ source }) => source.key), ...leftOut];
  await rows(
    transaction,
    sql`insert into sync.document (checkpoint, key, hash, children)
      select ${checkpoint}, key, hash, children from ${sql.id('sync', grouped.work)}
      where page = ${page} and not (key = any(${held.map(({ key }) => key ?? '')}))
      on conflict (checkpoint, key) do update
        set hash = excluded.hash, children = excluded.children`,
  );
  await quarantine(transaction, place, held);
  const released = await release(transaction, place, keys);
  const applied = await applyPage(transaction, {
    integration: place.integration,
    kind: place.kind,
    drafts,
    removedKeys: leftOut,
    cause: 'snapshot',
    seenAt: place.seenAt,
  });
  await options.onPage(transaction, { ...applied, released });
}

async function sortDocuments(
  options: Options,
  documents: readonly PageDocument[],
): Promise<Sorted> {
  const { grouped, map, place, mappingVersion, heldBack } = options;
  const mapped: { readonly draft: Draft; readonly document: Document }[] = [];
  const leftOut: string[] = [];
  const held: Held[] = [];
  const hold = (key: string, document: Document, problems: readonly MappingProblem[]): void => {
    const raw = rawOf(grouped.plan, document);
    for (const problem of problems) held.push({ key, raw, problem });
  };
  for (const { key, document } of documents) {
    const { file, line } = document.header;
    const reason = heldBack.get(key);
    const result = map(document);
    if (result.kind === 'left-out') leftOut.push(key);
    else if (result.kind === 'problems') hold(key, document, result.problems);
    else if (reason !== undefined) hold(key, document, [{ file, line, reason }]);
    else {
      const { integration, runId } = place;
      const source = { integration, key, file, line, mappingVersion, runId };
      const { record, sourceAt } = result;
      const draft = { record, source, ...(sourceAt === undefined ? {} : { sourceAt }) };
      mapped.push({ draft, document });
    }
  }
  const drafts: Draft[] = [];
  const missing = await missingReferences(
    options.database,
    place.integration,
    mapped.map(({ draft }) => draft),
  );
  for (const { draft, document } of mapped) {
    const lacking = referencesOf(draft.record).filter(
      ({ kind, key }) => missing.get(kind)?.has(key) === true,
    );
    if (lacking.length === 0) drafts.push(draft);
    const problems = lacking.map(({ field, kind, key }) => ({
      ...placeOf(grouped.plan, document, field),
      value: key,
      reason: missingReason(kind, key),
    }));
    hold(draft.source.key, document, problems.slice(0, 20));
  }
  return { drafts, leftOut, held };
}

/** The document's rows by column name, as far as the mapping reads them. */
function rawOf(plan: Plan, { header, children }: Document): Json {
  const named = (alias: string, cells: readonly (string | null)[]): Record<string, Json> => {
    const node = nodeNamed(plan, alias);
    const names = plan.columns[node.entity] ?? [];
    return Object.fromEntries(
      node.used.map((at, place) => [names[at] ?? '', cells[place] ?? null]),
    );
  };
  const raw: Record<string, Json> = named('', header.cells[0] ?? []);
  const nodes = plan.nodes.filter(({ role }) => role === 'child');
  for (const [at, node] of nodes.entries()) {
    const list = (children[at] ?? []).slice(0, 50);
    raw[node.alias] = list.map((row) => named(node.alias, row.cells[0] ?? []));
  }
  return raw;
}
