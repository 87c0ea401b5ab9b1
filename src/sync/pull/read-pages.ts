import type { DocumentsPage, SourceDocument } from '#adapter-kit';

/** Pages of a source put together until a transaction is worth it. */
export type Batch = Omit<DocumentsPage, 'documents'> & {
  readonly documents: readonly SourceDocument[]; // Each key once: its newest.
  readonly repeats: number; // How often a key came again.
};

/**
 * Puts small pages together up to `size` documents. Pages of the next batch are read while the
 * caller works on this one: with a slow source, the two waits overlap.
 */
export async function* batchesOf(
  pages: AsyncIterable<DocumentsPage>,
  size: number,
): AsyncIterable<Batch> {
  let held: DocumentsPage[] = [];
  let count = 0;
  for await (const page of readAhead(pages, size)) {
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

/** Reads on until `documentsMax` documents wait to be taken. A failure comes after what was read. */
async function* readAhead(
  pages: AsyncIterable<DocumentsPage>,
  documentsMax: number,
): AsyncIterable<DocumentsPage> {
  const iterator = pages[Symbol.asyncIterator]();
  const waiting: DocumentsPage[] = [];
  let count = 0;
  let ended: { readonly error?: unknown } | undefined;
  let moved = Promise.withResolvers<void>(); // Something was read, taken, or has ended.
  let stopped = false;
  const move = (): void => {
    moved.resolve();
    moved = Promise.withResolvers();
  };
  const reading = (async () => {
    try {
      for (;;) {
        if (count >= documentsMax && !stopped) {
          await moved.promise;
          continue;
        }
        if (stopped) return;
        const result = await iterator.next();
        if (result.done === true) break;
        waiting.push(result.value);
        count += result.value.documents.length;
        move();
      }
      ended = {};
    } catch (error) {
      ended = { error };
    }
    move();
  })();
  try {
    for (;;) {
      const page = waiting.shift();
      if (page !== undefined) {
        count -= page.documents.length;
        move();
        yield page;
      } else if (ended === undefined) await moved.promise;
      else if ('error' in ended) throw ended.error;
      else return;
    }
  } finally {
    stopped = true;
    move();
    await iterator.return?.().catch(() => undefined);
    await reading;
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
