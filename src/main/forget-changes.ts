import { transact } from '#database';
import type { Database } from '#database';
import { forgetChanges } from '#erp/company/changes';
import { instantOf, millisecondsOf } from '#kernel/time';
import type { Clock } from '#kernel/time';
import type { Undo } from './opening.ts';

const KEPT_MS = 7 * 86_400_000; // Who has not asked for so long reads everything again.
const EVERY_MS = 3_600_000;

/** Forgets what has long been told of changes in the embedded ERP, now and each hour. */
export function forgetOldChanges(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  { undo, onError }: { readonly undo: Undo; readonly onError: (error: unknown) => void },
): void {
  let running: Promise<unknown> = Promise.resolve();
  const forget = (): void => {
    const before = instantOf(millisecondsOf(clock()) - KEPT_MS);
    running = transact(database, (tx) => forgetChanges(tx, before)).catch(onError);
  };
  forget();
  const timer = setInterval(forget, EVERY_MS);
  undo.add(async () => {
    clearInterval(timer);
    await running;
  });
}
