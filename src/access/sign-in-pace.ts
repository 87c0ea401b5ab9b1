import { rows, sql } from '#database';
import type { Handle } from '#database';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock, Instant } from '#kernel/time';
import { tooManyAttempts } from './errors.ts';
import { hashToken } from './token.ts';

/** Whose attempts are counted together. */
export type Attempt = { readonly name: string; readonly address: string };

const FREE = { name: 4, address: 20 } as const; // Failures before anyone waits.
const DELAY_MS_MAX = 15 * 60_000;
const FORGET_MS = 24 * 3_600_000;

/**
 * Takes a turn at signing in, counted as a failure until `succeeded` says otherwise: attempts at
 * the same time cannot slip past. After the free ones each failure doubles the wait, from 1 s to
 * 15 min, for the name as for the address, whether or not anyone has the name.
 * Commit it before the password is checked. Fails with `access.too-many-attempts`.
 */
export async function takeTurn(transaction: Handle, clock: Clock, attempt: Attempt): Promise<void> {
  const now = clock();
  const nowMs = millisecondsOf(now);
  const forgotten = instantOf(nowMs - FORGET_MS);
  await rows(transaction, sql`delete from access.sign_in_pace where failed_at < ${forgotten}`);
  for (const [kind, who] of keysOf(attempt)) {
    const [pace] = await rows<{ failures: number; openAt: Instant }>(
      transaction,
      sql`insert into access.sign_in_pace (who, failures, failed_at, open_at)
        values (${who}, 0, ${now}, ${now})
        on conflict (who) do update set who = excluded.who
        returning failures, open_at as "openAt"`,
    );
    const waitMs = pace === undefined ? 0 : millisecondsOf(pace.openAt) - nowMs;
    if (waitMs > 0) throw tooManyAttempts(waitMs);
    const failures = (pace?.failures ?? 0) + 1;
    const openAt = instantOf(nowMs + delayMsAfter(failures - FREE[kind]));
    await rows(
      transaction,
      sql`update access.sign_in_pace
        set failures = ${failures}, failed_at = ${now}, open_at = ${openAt} where who = ${who}`,
    );
  }
}

/** Forgets the name's failures, and takes this one attempt back from its address. */
export async function succeeded(transaction: Handle, attempt: Attempt): Promise<void> {
  for (const [kind, who] of keysOf(attempt)) {
    await rows(
      transaction,
      kind === 'name'
        ? sql`delete from access.sign_in_pace where who = ${who}`
        : sql`update access.sign_in_pace set failures = greatest(failures - 1, 0) where who = ${who}`,
    );
  }
}

/** Nothing for the free ones, then 1 s, 2 s, 4 s … 15 min. */
export function delayMsAfter(failuresBeyondFree: number): number {
  if (failuresBeyondFree <= 0) return 0;
  return Math.min(DELAY_MS_MAX, 1000 * 2 ** (failuresBeyondFree - 1));
}

/** Always in this order, so that two attempts cannot wait for each other. */
const keysOf = ({ name, address }: Attempt): [keyof typeof FREE, string][] => [
  ['address', `address:${address}`],
  ['name', `name:${hashToken(name)}`],
];
