/** What a test asks of the journal, and how it looks at what became of it. */
import { transact } from '#database';
import type { Database } from '#database';
import { findPosting, intend, listAttempts } from '../index.ts';
import type { Posting, PostingDraft } from '../index.ts';
import type { HandClock } from '../testing.ts';

/** Who asks, and why. */
export const cause = { by: 'Ada', because: 'a test' };

/** Asks in a journal and looks into it; `world` is asked anew each time, as tests begin anew. */
export type Journal = {
  readonly draft: (businessKey: string, more?: Partial<PostingDraft>) => PostingDraft;
  readonly ask: (businessKey: string, more?: Partial<PostingDraft>) => Promise<Posting>;
  readonly now: (posting: Posting) => Promise<Posting>;
  readonly stateOf: (posting: Posting) => Promise<string>;
  readonly story: (posting: Posting) => Promise<string[]>; // What was tried, and what came of it.
};

/** A journal in which suppliers are asked for, of `integration` unless a draft says otherwise. */
export function journalOf(
  world: () => { readonly database: Database; readonly clock: HandClock },
  integration = 'erp',
): Journal {
  const draft: Journal['draft'] = (businessKey, more = {}) => ({
    integration,
    operation: 'create-supplier',
    businessKey,
    payload: { name: `Supplier ${businessKey}` },
    cause,
    ...more,
  });
  const now: Journal['now'] = async ({ id }) => {
    const found = await findPosting(world().database.kysely, id);
    if (found === undefined) throw new Error(`${id} is gone`);
    return found;
  };
  return {
    draft,
    async ask(businessKey, more) {
      const { database, clock } = world();
      const { posting } = await transact(database, (tx) =>
        intend(tx, draft(businessKey, more), clock()),
      );
      return posting;
    },
    now,
    stateOf: async (posting) => (await now(posting)).progress.state,
    story: async ({ id }) =>
      (await listAttempts(world().database.kysely, id)).map(
        ({ action, outcome }) => `${action} ${outcome ?? '?'}`,
      ),
  };
}

/** A change of a supplier, made against a version or none. */
export const update = (key: string, name: string, version?: string): Partial<PostingDraft> => ({
  operation: 'update-supplier',
  payload: { name },
  target: { key, ...(version === undefined ? {} : { version }) },
});
