/** What a user does: drafts chosen from what is known, handed to a command, and what came of them. */
import { transact } from '#database';
import type { Database, Handle } from '#database';
import { once } from '#erp/company';
import type { ErpContext, Problem, Result } from '#erp/company';
import { assert, canonicalJson } from '#kernel';
import type { Draw, Json } from '#kernel';
import { systemClock } from '#kernel/time';
import type { Tally } from './tally.ts';

/** Somebody at work: his own draws, his own connections. */
export type User = {
  readonly name: string;
  readonly context: ErpContext;
  readonly draw: Draw;
  readonly database: Database;
};

/** One draft, and what is known once it is accepted or refused. */
export type Wish<D, T> = {
  readonly draft: D;
  readonly done?: (value: T) => void;
  readonly refused?: (code: string) => void;
  readonly about?: object; // The document that it is made of.
  readonly isStale?: boolean; // Made from a version that is gone: it must be refused.
};

/** One kind of thing that users do. */
export type Operation = {
  readonly name: string;
  readonly share: number; // Of all that is done, against the other shares.
  take(user: User, count: number, tally: Tally): Promise<void>;
};

type Spec<D, T> = {
  readonly name: string;
  readonly share: number;
  readonly makes?: string; // Each accepted draft makes a row of this table.
  choose(user: User): Wish<D, T> | undefined;
  book(tx: Handle, context: ErpContext, drafts: readonly D[]): Promise<readonly Result<T>[]>;
};

const REPEATED = 80; // Of a thousand single requests are sent twice under one key.
let keys = 0;

/** An operation that hands drafts to a command, many or one; some single ones twice under one key. */
export function operation<D, T>(spec: Spec<D, T>): Operation {
  return {
    name: spec.name,
    share: spec.share,
    take: async (user, count, tally) => {
      const wishes = chosen(user, spec, count);
      const [only] = wishes;
      if (only === undefined) return;
      const results =
        wishes.length === 1 && user.draw.happens(REPEATED)
          ? [await twice(user, spec, only.draft, tally)]
          : await many(user, spec, wishes, tally);
      assert(results.length === wishes.length, `${spec.name} answers every draft`);
      for (const [at, wish] of wishes.entries()) note(spec, wish, results[at], tally);
    },
  };
}

/** Drafts of different documents, mostly: now and then one document comes twice in a request. */
function chosen<D, T>(user: User, spec: Spec<D, T>, count: number): readonly Wish<D, T>[] {
  const about = new Set<object>();
  const wishes: Wish<D, T>[] = [];
  for (let left = count; left > 0; left -= 1) {
    const wish = spec.choose(user);
    if (wish === undefined) break;
    if (wish.about !== undefined && about.has(wish.about) && !user.draw.happens(50)) {
      wish.refused?.('');
      continue;
    }
    if (wish.about !== undefined) about.add(wish.about);
    wishes.push(wish);
  }
  return wishes;
}

function note<D, T>(
  { name, makes }: Spec<D, T>,
  { done, refused, isStale = false }: Wish<D, T>,
  result: Result<T> | undefined,
  tally: Tally,
): void {
  assert(result !== undefined, `${name} answers every draft`);
  if (result.ok) {
    assert(!isStale, `${name} was made from a version that is gone, and accepted`);
    tally.accepted(name);
    if (makes !== undefined) tally.made(makes, 1);
    done?.(result.value);
  } else {
    tally.refused(name, result.problem.code);
    refused?.(result.problem.code);
  }
}

/** Work in a transaction of the user's; that it was tried again after a deadlock is noted. */
export async function inTransaction<T>(
  user: User,
  tally: Tally,
  work: (tx: Handle) => Promise<T>,
): Promise<T> {
  let tries = 0;
  tally.transactions += 1;
  return await transact(user.database, (tx) => {
    tries += 1;
    if (tries > 1) tally.triedAgain();
    return work(tx);
  });
}

const many = <D, T>(
  user: User,
  spec: Spec<D, T>,
  wishes: readonly Wish<D, T>[],
  tally: Tally,
): Promise<readonly Result<T>[]> =>
  inTransaction(user, tally, (tx) =>
    spec.book(
      tx,
      user.context,
      wishes.map(({ draft }) => draft),
    ),
  );

class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The same request twice under one key, after each other or at once, as the API books it. */
async function twice<D, T>(
  user: User,
  spec: Spec<D, T>,
  draft: D,
  tally: Tally,
): Promise<Result<T>> {
  keys += 1;
  const request = {
    scope: user.name,
    key: `${spec.name} ${tally.done} ${keys}`,
    requestHash: spec.name,
  };
  const attempt = async (): Promise<Result<T>> => {
    try {
      const kept = await inTransaction(user, tally, (tx) =>
        once(tx, systemClock, request, async () => {
          const [result] = await spec.book(tx, user.context, [draft]);
          assert(result !== undefined, `${spec.name} answers every draft`);
          if (!result.ok) throw new Refused(result.problem);
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what commands answer is JSON.
          return JSON.parse(JSON.stringify(result.value)) as Json;
        }),
      );
      assert(kept.ok, 'the same request may come again');
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it was answered first.
      return { ok: true, value: kept.value.answer as T };
    } catch (error) {
      if (error instanceof Refused) return { ok: false, problem: error.problem };
      throw error;
    }
  };
  const atOnce = user.draw.happens(500);
  const first = attempt();
  if (!atOnce) await first;
  const [one, other] = await Promise.all([first, attempt()]);
  tally.repeated();
  if (!one.ok) return other;
  assert(!other.ok || sameJson(one.value, other.value), `${spec.name} answered otherwise again`);
  assert(other.ok || atOnce, `${spec.name} was booked, and refused when it came again`);
  return one;
}

const sameJson = (a: unknown, b: unknown): boolean => plain(a) === plain(b);
const plain = (value: unknown): string =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what commands answer is JSON.
  canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
