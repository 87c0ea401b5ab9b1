import type { DocumentsPage, SourceDocument } from '#adapter-kit';

/** Pages of a source put together until a transaction is worth it. */
export type Batch = Omit<DocumentsPage, 'documents'> & {
  readonly documents: readonly SourceDocument[]; // Each key once: its newest.
  readonly repeats: number; // How often a key came again.
};

/**
 * Puts small pages together up to `size` documents. The next page is asked for while the caller
 * works on a batch: with a slow source, the two waits overlap.
 */
export async function* batchesOf(
  pages: AsyncIterable<DocumentsPage>,
  size: number,
): AsyncIterable<Batch> {
  let held: DocumentsPage[] = [];
  let count = 0;
  for await (const page of oneAhead(pages)) {
    if (held.length > 0 && count + page.documents.length > size) {
      yield batchOf(held);
      held = [];
      count = 0;
    }
    held.push(page);
    count += page.documents.length;
  }
  if (held.length > 0) yield batchOf(held);
}

async function* oneAhead(pages: AsyncIterable<DocumentsPage>): AsyncIterable<DocumentsPage> {
  const iterator = pages[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const result = await next;
      if (result.done === true) return;
      next = iterator.next();
      next.catch(() => undefined); // It is awaited later, or not at all after another failure.
      yield result.value;
    }
  } finally {
    await iterator.return?.().catch(() => undefined);
  }
}

function batchOf(pages: readonly DocumentsPage[]): Batch {
  const newest = new Map<string, SourceDocument>();
  let seen = 0;
  for (const { documents } of pages) {
    for (const document of documents) {
      seen += 1;
      const other = newest.get(document.key);
      if (other === undefined || !isOlder(document, other)) newest.set(document.key, document);
    }
  }
  const problems = pages.flatMap((page) => page.problems);
  const last = pages.at(-1);
  if (last === undefined) throw new Error('a batch has a page');
  return { ...last, documents: [...newest.values()], problems, repeats: seen - newest.size };
}

function isOlder(one: SourceDocument, other: SourceDocument): boolean {
  if (one.changedAt === undefined || other.changedAt === undefined) return false;
  return one.changedAt < other.changedAt;
}
