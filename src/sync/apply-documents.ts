import { setImmediate as pause } from 'node:timers/promises';
import { referencesOf } from '#canonical';
import { copyLines, copyText, rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import type { Json } from '#kernel';
import { applyPage, preparePage } from '#records';
import type { Applied, Draft, PreparedPage } from '#records';
import type { Grouped } from './documents.ts';
import type { Document, MappingProblem } from './mapping/document.ts';
import { placeOf } from './mapping/map-document.ts';
import type { MapDocument } from './mapping/map-document.ts';
import { nodeNamed } from './mapping/plan.ts';
import type { Plan } from './mapping/plan.ts';
import { missingReason, missingReferences } from './missing-references.ts';
import { quarantine, release } from './quarantine.ts';
import { readPages } from './read-documents.ts';
import type { PageDocument } from './read-documents.ts';
import type { Held, QuarantinePlace } from './quarantine.ts';

type Options = {
  readonly database: Database;
  readonly grouped: Grouped;
  readonly map: MapDocument;
  readonly place: QuarantinePlace;
  readonly checkpoint: number;
  readonly mappingVersion: number;
  readonly pageSize: number;
  /** Why none may be applied: the files that belong to them cannot be read in full. */
  readonly gap: string | undefined;
  readonly signal: AbortSignal;
  /** Runs in the page's transaction, with what the page did. */
  readonly onPage: (transaction: Handle, applied: Applied & { released: number }) => Promise<void>;
};

type Sorted = {
  readonly drafts: readonly Draft[];
  readonly leftOut: readonly string[];
  readonly held: readonly Held[];
};

/** What is to be written of a page, all of it printed and hashed. */
type Ready = Pick<Sorted, 'held'> & {
  readonly page: PreparedPage;
  readonly keys: readonly string[]; // In order: what of them was held is released.
  readonly done: readonly PageDocument[]; // To be known by their hash next time.
};

const DOCUMENTS_PER_PAUSE = 100;

type Next = { readonly ready: Ready | undefined } | { readonly failed: unknown };

/** Maps and applies all documents that look new: one transaction a page, with its checkpoint. */
export async function applyDocuments(options: Options): Promise<void> {
  const { database, grouped, signal, pageSize } = options;
  if (grouped.toMap === 0) return;
  await transact(database, async (reader) => {
    const pages = readPages(reader, grouped, pageSize);
    let next = ahead(options, pages);
    try {
      for (;;) {
        signal.throwIfAborted();
        const found = await next;
        if ('failed' in found) throw found.failed;
        const { ready } = found;
        if (ready === undefined) return;
        next = ahead(options, pages);
        await transact(database, (transaction) => applyOnce(transaction, options, ready));
      }
    } finally {
      await next; // It reads on the connection that is given back after this.
    }
  });
}

/** Reads, maps and prints a page while the one before it is being applied. Never fails. */
async function ahead(
  options: Options,
  pages: AsyncGenerator<readonly PageDocument[], void, void>,
): Promise<Next> {
  try {
    const { value: documents } = await pages.next();
    if (documents === undefined) return { ready: undefined };
    return { ready: await makeReady(options, documents, await sortDocuments(options, documents)) };
  } catch (failed) {
    return { failed };
  }
}

async function makeReady(
  { place }: Options,
  documents: readonly PageDocument[],
  sorted: Sorted,
): Promise<Ready> {
  const { integration, kind, seenAt } = place;
  const { drafts, leftOut: removedKeys, held } = sorted;
  const keys = [...drafts.map(({ source }) => source.key), ...removedKeys];
  const applied = new Set(keys);
  const cause = 'snapshot';
  return {
    held,
    keys,
    done: documents.filter(({ key }) => applied.has(key)),
    page: await preparePage({ integration, kind, drafts, removedKeys, cause, seenAt }),
  };
}

async function applyOnce(transaction: Handle, options: Options, ready: Ready): Promise<void> {
  const { place } = options;
  await remember(transaction, options.checkpoint, ready.done);
  await quarantine(transaction, place, ready.held);
  const released = await release(transaction, place, ready.keys);
  const applied = await applyPage(transaction, ready.page);
  await options.onPage(transaction, { ...applied, released });
}

/** Notes what documents looked like: those that look the same are not mapped again. */
async function remember(
  transaction: Handle,
  checkpoint: number,
  done: readonly PageDocument[],
): Promise<void> {
  const columns = ['checkpoint', 'key', 'hash', 'children'];
  const lines = done
    .filter(({ known }) => !known)
    .map(({ key, hash, children }) => {
      return `${checkpoint}\t${copyText(key)}\t\\\\x${hash}\t${children}\n`;
    });
  if (lines.length > 0) await copyLines(transaction, 'sync.document', columns, lines);
  const known = done.filter((document) => document.known);
  if (known.length === 0) return;
  await rows(
    transaction,
    sql`update sync.document d set hash = decode(n.hash, 'hex'), children = n.children
      from unnest(${known.map(({ key }) => key)}::text[], ${known.map(({ hash }) => hash)}::text[],
        ${known.map(({ children }) => children)}::integer[]) n (key, hash, children)
      where d.checkpoint = ${checkpoint} and d.key = n.key`,
  );
}

async function sortDocuments(
  options: Options,
  documents: readonly PageDocument[],
): Promise<Sorted> {
  const { grouped, map, place, mappingVersion, gap } = options;
  const mapped: { readonly draft: Draft; readonly document: Document }[] = [];
  const leftOut: string[] = [];
  const held: Held[] = [];
  const hold = (key: string, document: Document, problems: readonly MappingProblem[]): void => {
    if (problems.length === 0) return;
    const raw = rawOf(grouped.plan, document);
    for (const problem of problems) held.push({ key, raw, problem });
  };
  for (const [at, { key, document, known }] of documents.entries()) {
    if (at % DOCUMENTS_PER_PAUSE === 0) await pause(); // The page before this one is being applied.
    const { file, line } = document.header;
    const result = map(document);
    const waits = gap !== undefined && (result.kind === 'record' || known);
    if (result.kind === 'problems') hold(key, document, result.problems);
    else if (waits) hold(key, document, [{ file, line, reason: gap }]);
    else if (result.kind === 'record') {
      const { integration, runId } = place;
      const source = { integration, key, file, line, mappingVersion, runId };
      const { record, sourceAt } = result;
      const draft = { record, source, ...(sourceAt === undefined ? {} : { sourceAt }) };
      mapped.push({ draft, document });
    } else if (gap === undefined) leftOut.push(key);
  }
  const drafts: Draft[] = [];
  const missing = await missingReferences(
    options.database,
    place.integration,
    mapped.map(({ draft }) => draft),
  );
  const nothing = [...missing.values()].every(({ size }) => size === 0);
  for (const { draft, document } of mapped) {
    const lacking = nothing
      ? []
      : referencesOf(draft.record).filter(({ kind, key }) => missing.get(kind)?.has(key) === true);
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
