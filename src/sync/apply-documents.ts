import { setImmediate as pause } from 'node:timers/promises';
import { referencesOf } from '#canonical';
import { copyLines, copyText, rows, sql, transact } from '#database';
import type { Database, Handle } from '#database';
import type { Json } from '#kernel';
import { applyPage, prepareDraft } from '#records';
import type { Applied, PreparedDraft } from '#records';
import type { Grouped } from './documents.ts';
import { waitsFor } from './find-gap.ts';
import { InFlight } from './in-flight.ts';
import type { Gap } from './find-gap.ts';
import type { Document, MappingProblem } from './mapping/document.ts';
import { placeOf } from './mapping/map-document.ts';
import type { MapDocument } from './mapping/map-document.ts';
import { nodeNamed } from './mapping/plan.ts';
import type { Plan } from './mapping/plan.ts';
import { missingOf, lacks, noteReferences } from './missing-references.ts';
import type { Missing, Wanted } from './missing-references.ts';
import { quarantine, release } from './quarantine.ts';
import { documentOf, readPages } from './read-documents.ts';
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
  /** What may not be applied: rows that belong to it cannot be read. */
  readonly gap: Gap | undefined;
  readonly signal: AbortSignal;
  /** Runs in the page's transaction, with what the page did. */
  readonly onPage: (transaction: Handle, applied: Applied & { released: number }) => Promise<void>;
};

/** What is to be written of a page, printed and hashed. */
type Sorted = {
  readonly drafts: readonly PreparedDraft[];
  readonly leftOut: readonly string[];
  readonly held: readonly Held[];
  readonly done: readonly PageDocument[]; // To be known by their hash next time.
};

const DOCUMENTS_PER_PAUSE = 5;
const PAGES_AT_ONCE = 2; // One writes its state while another has the log.
const PROBLEMS_MAX = 20;

type Next = { readonly sorted: Sorted | undefined } | { readonly failed: unknown };

/**
 * Maps and applies all documents that look new: one transaction a page, with its checkpoint. What a
 * page checkpoints are its own documents, so that it does not matter which of two commits first.
 */
export async function applyDocuments(options: Options): Promise<void> {
  const { database, grouped, signal, pageSize } = options;
  if (grouped.toMap === 0) return;
  await transact(database, async (reader) => {
    const pages = readPages(reader, grouped, pageSize);
    const writing = new InFlight(PAGES_AT_ONCE);
    let next = ahead(options, pages, () => Promise.resolve());
    try {
      for (;;) {
        signal.throwIfAborted();
        const found = await next;
        if ('failed' in found) throw found.failed;
        const { sorted } = found;
        if (sorted === undefined) return await writing.all();
        const started = writing.start(() =>
          transact(database, (transaction) => applyOnce(transaction, options, sorted)),
        );
        next = ahead(options, pages, async () => {
          await started;
          await writing.settled();
        });
        await started;
      }
    } finally {
      await next; // It reads on the connection that is given back after this.
      await writing.settled();
    }
  });
}

/** Reads, maps and prints a page while the one before it is being applied. Never fails. */
async function ahead(
  options: Options,
  pages: AsyncGenerator<readonly PageDocument[], void, void>,
  written: () => Promise<void>,
): Promise<Next> {
  try {
    const { value: documents } = await pages.next();
    if (documents === undefined) return { sorted: undefined };
    return { sorted: await sortDocuments(options, documents, written) };
  } catch (failed) {
    return { failed };
  }
}

async function applyOnce(transaction: Handle, options: Options, sorted: Sorted): Promise<void> {
  const { place, checkpoint } = options;
  const { integration, kind, seenAt } = place;
  const { drafts, leftOut: removedKeys, held, done } = sorted;
  await remember(transaction, checkpoint, done);
  await quarantine(transaction, place, held);
  const released = await release(
    transaction,
    place,
    done.map(({ key }) => key),
  );
  const what = { integration, kind, drafts, removedKeys, cause: 'snapshot', seenAt } as const;
  const applied = await applyPage(transaction, { ...what, alone: true }); // One run at a time.
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
  written: () => Promise<void>, // Waits for the pages before.
): Promise<Sorted> {
  const { grouped, map, place, mappingVersion, gap } = options;
  const { integration, runId } = place;
  const mapped = new Map<PageDocument, PreparedDraft>();
  const leftOut: string[] = [];
  const held: Held[] = [];
  const wanted: Wanted = new Map();
  for (const [at, one] of documents.entries()) {
    if (at % DOCUMENTS_PER_PAUSE === 0) await pause(); // The page before is being written.
    const { key, known, header } = one;
    const { file, line } = header;
    const result = map(documentOf(grouped.plan, one));
    const why = waitsFor(gap, key) ? gap?.why : undefined;
    const waits = why !== undefined && (result.kind === 'record' || known);
    if (result.kind === 'problems') held.push(...heldFor(grouped.plan, one, result.problems));
    else if (waits) held.push(...heldFor(grouped.plan, one, [{ file, line, ...why }]));
    else if (result.kind === 'record') {
      const source = { integration, key, file, line, mappingVersion, runId };
      const { record, sourceAt } = result;
      const draft = { record, source, ...(sourceAt === undefined ? {} : { sourceAt }) };
      mapped.set(one, prepareDraft(draft));
      noteReferences(wanted, record);
    } else if (why === undefined) leftOut.push(key);
  }
  const { database } = options;
  let missing = await missingOf(database, integration, wanted);
  if (missing.has(place.kind)) {
    await written();
    missing = await missingOf(database, integration, wanted);
  }
  if (missing.size > 0) held.push(...takeLacking(options, mapped, missing));
  const applied = new Set([...[...mapped.values()].map(({ key }) => key), ...leftOut]);
  const done = documents.filter(({ key }) => applied.has(key));
  return { drafts: [...mapped.values()], leftOut, held, done };
}

/**
 * Takes out what points at records that are not there. What points at its own kind finds it among these
 * documents, too, unless that one is taken out itself.
 */
function takeLacking(
  { grouped, map, place: { kind } }: Options,
  mapped: Map<PageDocument, PreparedDraft>,
  missing: Missing,
): readonly Held[] {
  const { plan } = grouped;
  const here = new Set([...mapped.keys()].map(({ key }) => key));
  const held = new Map<PageDocument, readonly Held[]>();
  for (let count = -1; count < held.size; ) {
    count = held.size;
    for (const one of mapped.keys()) {
      const document = documentOf(plan, one);
      const result = map(document); // As before: what was made of it then was not kept.
      if (result.kind !== 'record') continue;
      const lacking = referencesOf(result.record).filter(
        (to) =>
          missing.get(to.kind)?.has(to.key) === true && !(to.kind === kind && here.has(to.key)),
      );
      if (lacking.length === 0) continue;
      const problems = lacking.slice(0, PROBLEMS_MAX).map((to) => ({
        ...placeOf(plan, document, to.field),
        value: to.key,
        ...lacks(to.kind, to.key),
      }));
      held.set(one, heldFor(plan, one, problems));
      here.delete(one.key);
      mapped.delete(one);
    }
  }
  return [...held.values()].flat();
}

function heldFor(
  plan: Plan,
  document: PageDocument,
  problems: readonly MappingProblem[],
): readonly Held[] {
  if (problems.length === 0) return [];
  const raw = rawOf(plan, documentOf(plan, document));
  return problems.map((problem) => ({ key: document.key, raw, problem }));
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
