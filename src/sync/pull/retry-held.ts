import type { SourceDocument } from '#adapter-kit';
import { rows, sql, transact } from '#database';
import { prepareDraft } from '#records';
import { applySorted, remember, standingIn } from './apply-batch.ts';
import type { Work } from './apply-batch.ts';
import { documentHash } from './document-hash.ts';
import { sortDocuments } from './sort-documents.ts';

/**
 * Tries an entity's documents in quarantine again: what they lacked may have come since. Answers
 * how many are in order now.
 */
export async function retryHeld(work: Work): Promise<number> {
  const { context, entity, state } = work;
  const { database, integration, runId, mappingVersion, pageSize, signal } = context;
  let after = '';
  let solved = 0;
  for (;;) {
    signal.throwIfAborted();
    const waiting = await rows<{ key: string; document: SourceDocument }>(
      database.kysely,
      sql`select key, document from sync.pull_held where pull = ${state.id} and key > ${after}
        order by key limit ${pageSize}`,
    );
    if (waiting.length === 0) return solved;
    after = waiting.at(-1)?.key ?? after;
    const documents = waiting.map(({ document }) => document);
    const how = { integration, runId, mappingVersion, make: prepareDraft };
    const sorted = await sortDocuments(database, entity, documents, how);
    const ready = documents.filter(({ key }) => !sorted.heldKeys.has(key));
    if (ready.length === 0) continue;
    solved += ready.length;
    const onlyReady = { ...sorted, held: new Map(), heldKeys: new Set<string>() };
    // What this run itself put into quarantine is released too: hence a run id of its own.
    const again = { ...work, context: { ...context, runId: `${runId}/again` } };
    await transact(database, async (transaction) => {
      const { echoes } = await standingIn(transaction, again, ready);
      await applySorted(transaction, again, onlyReady, { documents: ready, echoes });
      const fresh = ready.map((source) => ({
        source,
        hash: documentHash(entity, source),
        isNew: false, // It may have been in order before.
      }));
      await remember(transaction, again, fresh, onlyReady);
      await context.tally.save(transaction);
    });
  }
}
