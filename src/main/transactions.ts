import { OPERATIONS } from '#adapter-kit';
import type { Operation } from '#adapter-kit';
import type {
  NewBatch,
  NewTransaction,
  Rollback,
  Transaction,
  TransactionDetail,
} from '#api-contract/transaction';
import type { Services } from '#api';
import { transact } from '#database';
import type { Database, Handle } from '#database';
import type { Clock } from '#kernel/time';
import {
  dryRun,
  findPosting,
  listAttempts,
  listBatches,
  listPostings,
  openBatch,
  rollBackBatch,
} from '#postings';
import { saidByReason } from '#postings/sentences';
import {
  dismissPosting,
  editPayload,
  retryAll,
  retryPosting,
  settlePosting,
  withdrawPosting,
} from '#postings/decisions';
import type { Posting, PostingDraft } from '#postings';
import { findIntegration } from '#sync';
import { intendSeen, seenDraft } from './conflicts-seen.ts';
import type { Destinations } from './destinations.ts';
import { mainError } from './errors.ts';
import { plain } from './plain.ts';
import { badPayload, problemsIn, problemsOf, requireSameWish } from './wishes.ts';

const TRIAL_MS_MAX = 60_000;
const WAITING = ['intent', 'uncertain', 'handed-over'] as const;
const STATES = [...WAITING, 'sending', 'accepted', 'dead', 'conflict', 'dismissed'] as const;

type Deps = {
  readonly database: Database;
  readonly clock: Clock;
  readonly destinations: Destinations;
};
type Transactions = Services['transactions'];

/** What is written to other systems, as the API shows it. */
export function transactions(deps: Deps): Transactions {
  const { database } = deps;
  return {
    ...wishes(deps),
    ...decisions(deps),
    async list(query) {
      const { rows, total } = await listPostings(database.kysely, filterOf(query));
      return { rows: rows.map(shown), total };
    },
    async find(id) {
      const posting = await postingOf(database, id);
      return detailShown(posting, await listAttempts(database.kysely, id));
    },
    async listBatches(query) {
      const { rows, total } = await listBatches(database.kysely, query);
      return { rows: rows.map(({ cause, ...batch }) => ({ ...batch, by: cause.by })), total };
    },
    createBatch: (wanted, by) => makeBatch(deps, wanted, by),
    rollBack: (batchId, confirmed, by) => takeBack(deps, batchId, { confirmed, by }),
  };
}

/** What is to be booked: written down, or only weighed. */
function wishes({ database, clock, destinations }: Deps): Pick<Transactions, 'create' | 'tryOut'> {
  return {
    async create(wanted, by) {
      const draft = draftOf(wanted, by);
      const problems = problemsIn(draft);
      if (problems.length > 0) throw badPayload(draft.operation, problems);
      const side = await destinations.of(draft.integration); // Fails when nothing can be written there.
      return transact(database, async (tx) => {
        const made = await intendSeen(tx, await seenDraft(tx, draft, side), clock());
        if (!made.created) await requireSameWish(tx, made.posting, draft);
        return shown(made.posting);
      });
    },
    async tryOut(wanted, by) {
      const destination = await destinations.of(wanted.integration);
      const { draft } = await seenDraft(database.kysely, draftOf(wanted, by), destination);
      const trial = await dryRun(database.kysely, draft, {
        destination,
        canonicalOf: destination.canonicalOf,
        stop: AbortSignal.timeout(TRIAL_MS_MAX),
      });
      return plain({ ...trial, problems: problemsIn(draft) });
    },
  };
}

/** What people decide about those that wait for them. */
function decisions({
  database,
  clock,
  destinations,
}: Deps): Pick<Transactions, 'edit' | 'retry' | 'retryAll' | 'dismiss' | 'settle' | 'withdraw'> {
  const change = async (id: string, work: (tx: Handle) => Promise<void>): Promise<Transaction> => {
    await postingOf(database, id);
    await transact(database, work);
    return shown(await postingOf(database, id));
  };
  return {
    edit: (id, payload, by) =>
      change(id, (tx) => editPayload(tx, id, payload, { by, at: clock(), check: problemsOf })),
    retry: (id, by) => change(id, (tx) => retryPosting(tx, id, { by, at: clock() })),
    dismiss: (id, reason, by) =>
      change(id, (tx) => dismissPosting(tx, id, { by, at: clock(), reason })),
    settle: (id, bookedAs, { by, reason }) =>
      change(id, (tx) => {
        const booked = bookedAs === null ? 'not-booked' : { key: bookedAs };
        return settlePosting(tx, id, booked, { by, at: clock(), reason });
      }),
    async withdraw(id, deed) {
      await postingOf(database, id);
      await withdrawPosting({ database, clock, destinationOf: destinations.of }, id, deed);
      return shown(await postingOf(database, id));
    },
    async retryAll({ integration, operation, search }, by) {
      await findIntegration(database, integration);
      const filter = {
        integration,
        ...(operation === undefined ? {} : { operation: operationOf(operation) }),
        ...(search === undefined ? {} : { search }),
      };
      return transact(database, (tx) => retryAll(tx, filter, { by, at: clock() }));
    },
  };
}

/** All of them or none: one that is not valid keeps the others from being written down. */
async function makeBatch(
  { database, clock, destinations }: Deps,
  { integration, title, transactions: wanted }: NewBatch,
  by: string,
): Promise<{ readonly id: string; readonly created: number }> {
  const drafts = wanted.map((each) => draftOf({ ...each, integration }, by));
  for (const draft of drafts) {
    const problems = problemsIn(draft);
    if (problems.length > 0) throw badPayload(draft.operation, problems);
  }
  const side = await destinations.of(integration); // Fails when nothing can be written there.
  return transact(database, async (tx) => {
    const id = await openBatch(tx, { integration, title, cause: { by } }, clock());
    let created = 0;
    for (const draft of drafts) {
      const seen = await seenDraft(tx, { ...draft, batchId: id }, side);
      const made = await intendSeen(tx, seen, clock());
      if (made.created) created += 1;
      else await requireSameWish(tx, made.posting, draft);
    }
    return { id, created };
  });
}

const which = ({ id, operation, businessKey }: Posting) => ({ id, operation, businessKey });

async function takeBack(
  { database, clock, destinations }: Deps,
  batchId: string,
  {
    confirmed,
    by,
  }: { readonly confirmed: readonly { id: string; seen: string }[]; readonly by: string },
): Promise<Rollback> {
  const { rows } = await listPostings(database.kysely, { batchId, offset: 0, limit: 1 });
  const [first] = rows;
  if (first === undefined) {
    throw mainError('not-found', 'main.no-batch', `rolling back the batch ${batchId}`, {
      remedy: 'There is no batch of this id.',
    });
  }
  const canonicalOf = await destinations.canonicalIn(first.integration);
  const stop = AbortSignal.timeout(TRIAL_MS_MAX);
  const context = { database, clock, destinationOf: destinations.of, canonicalOf, stop };
  const yes = new Map(confirmed.map(({ id, seen }) => [id, seen]));
  const done = await rollBackBatch(context, batchId, { by }, yes);
  return {
    undone: done.undone.map(({ posting, by: undoing }) => ({ ...which(posting), by: undoing.id })),
    refused: done.refused.map(({ posting, why, said, there }) => ({
      ...which(posting),
      why,
      said,
      ...(there === undefined ? {} : { sent: posting.payload, there }),
    })),
    asks: done.asks.map(({ posting, there, restores, seen }) => ({
      ...which(posting),
      sent: posting.payload,
      there,
      restores,
      seen,
    })),
    ...(done.batchId === undefined ? {} : { batchId: done.batchId }),
  };
}

type Query = Parameters<Services['transactions']['list']>[0];

function filterOf(query: Query): Parameters<typeof listPostings>[1] {
  const { integration, states, operation, batchId, search, sort, offset, limit } = query;
  const { forAPerson } = query;
  return {
    ...(forAPerson === undefined ? {} : { forAPerson }),
    sort,
    offset,
    limit,
    ...(integration === undefined ? {} : { integration }),
    ...(states === undefined ? {} : { states: STATES.filter((state) => states.includes(state)) }),
    ...(operation === undefined ? {} : { operation: operationOf(operation) }),
    ...(batchId === undefined ? {} : { batchId }),
    ...(search === undefined ? {} : { search }),
  };
}

async function postingOf(database: Database, id: string): Promise<Posting> {
  const posting = await findPosting(database.kysely, id);
  if (posting !== undefined) return posting;
  throw mainError('not-found', 'main.no-transaction', `looking for the transaction ${id}`, {
    remedy: 'There is none of this id. Look at the list.',
  });
}

function draftOf(wanted: NewTransaction, by: string): PostingDraft {
  const { integration, operation, businessKey, payload, target } = wanted;
  return {
    integration,
    operation: operationOf(operation),
    businessKey,
    payload,
    cause: { by },
    ...(target === undefined
      ? {}
      : {
          target: {
            key: target.key,
            ...(target.version === undefined ? {} : { version: target.version }),
          },
        }),
  };
}

const isOperation = (name: string): name is Operation => Object.hasOwn(OPERATIONS, name);

function operationOf(text: string): Operation {
  if (isOperation(text)) return text;
  throw mainError('invalid', 'main.no-operation', `doing '${text}'`, {
    remedy: `There are: ${Object.keys(OPERATIONS).join(', ')}.`,
  });
}

function shown(posting: Posting): Transaction {
  const { id, integration, operation, kind, reference, businessKey, progress } = posting;
  const { state, attempts, refusal, result, nextTryAt, place, via } = progress;
  const { cause, createdAt, updatedAt, target, batchId, undoes } = posting;
  const waits = WAITING.some((each) => each === state);
  return {
    id,
    integration,
    operation,
    kind,
    reference,
    businessKey,
    state,
    attempts,
    by: cause.by,
    createdAt,
    updatedAt,
    ...(waits ? { nextTryAt } : {}),
    ...(target === undefined
      ? {}
      : {
          target: {
            key: target.key,
            ...(target.version === undefined ? {} : { version: target.version }),
          },
        }),
    ...(batchId === undefined ? {} : { batchId }),
    ...(undoes === undefined ? {} : { undoes }),
    ...(refusal === undefined ? {} : { refusal: refusalShown(refusal) }),
    ...(result === undefined ? {} : { resultKey: result.key }),
    ...(place === undefined ? {} : { place }),
    ...(via === undefined ? {} : { via }),
  };
}

function refusalShown(refusal: NonNullable<Posting['progress']['refusal']>) {
  const said = saidByReason(refusal);
  return { ...refusal, ...(said === undefined ? {} : { said }) };
}

function detailShown(
  posting: Posting,
  story: Awaited<ReturnType<typeof listAttempts>>,
): TransactionDetail {
  const { payload, preImage } = posting;
  return {
    ...shown(posting),
    payload,
    ...(preImage === undefined ? {} : { preImage }),
    story: story.map(({ exchanges, ...line }) => ({ ...line, exchanges: [...(exchanges ?? [])] })),
  };
}
