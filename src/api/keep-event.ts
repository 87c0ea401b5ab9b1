import { z } from 'zod';
import { sendEvent } from '#audit';
import type { Outcome } from '#audit';
import { transact } from '#database';
import type { Handle } from '#database';
import { assert, RialtoError } from '#kernel';
import type { Json } from '#kernel';
import type { Audit, BookingServices } from './route.ts';

/** What a handler adds to its event. Never a secret. */
export type Note = {
  readonly actor?: string; // Who it turned out to be, once signed in.
  readonly subject?: string;
  readonly details?: Readonly<Record<string, Json>>;
};

/** A call as its audit event sees it. */
export type Call = {
  readonly services: BookingServices;
  readonly actor: string;
  readonly route: string; // 'POST /v1/people'
  readonly subject: string;
  readonly traceId: string;
};

/** What a handler is given so that its deeds are kept. */
export type Keeper = {
  /** Says more about the event than who, what and which route. */
  readonly note: (more: Note) => void;
  /** Runs the change in one transaction whose last statement is its audit event. Once a call. */
  readonly change: <T>(work: (transaction: Handle) => Promise<T>) => Promise<T>;
};

/**
 * Runs a call and keeps its events as the route declares. A call that fails leaves an event
 * `failed` with the error's code, in a transaction of its own, since the first was taken back.
 */
export async function audited<T>(
  audit: Audit,
  call: Call,
  run: (keeper: Keeper) => Promise<T>,
): Promise<T> {
  let noted: Note = {};
  let changes = 0;
  const note = (more: Note): void => {
    noted = { ...noted, ...more, details: { ...noted.details, ...more.details } };
  };
  const keep = (outcome: Outcome): Promise<void> => keepEvent(audit, call, outcome, noted);
  const keeper: Keeper = {
    note,
    change: (work) => {
      assert('within' in audit, `${call.route} declares a change in a transaction`);
      changes += 1;
      return transact(call.services.database, async (transaction) => {
        const result = await work(transaction);
        await append(transaction, call, { action: audit.within, outcome: 'done', noted });
        return result;
      });
    },
  };
  try {
    if ('around' in audit) await keep('intended');
    const result = await run(keeper);
    if ('within' in audit) assert(changes === 1, `${call.route} makes its change once`);
    else await keep('done');
    return result;
  } catch (error) {
    note({ details: { code: codeOf(error) } });
    await keep('failed').catch(() => undefined); // The first failure is the one to report.
    throw error;
  }
}

/** Writes one event in a transaction of its own; nothing when the route keeps none. */
export async function keepEvent(
  audit: Audit,
  call: Call,
  outcome: Outcome,
  noted: Note,
): Promise<void> {
  const action = actionOf(audit);
  if (action === undefined) return;
  await transact(call.services.database, (transaction) =>
    append(transaction, call, { action, outcome, noted }),
  );
}

/** The code an error is known by. */
export const codeOf = (error: unknown): string =>
  error instanceof RialtoError ? String(error.code) : 'api.bug';

/** What the log calls the route's deed. */
export function actionOf(audit: Audit): string | undefined {
  if ('within' in audit) return audit.within;
  if ('around' in audit) return audit.around;
  return 'after' in audit ? audit.after : undefined;
}

const Named = z.object({ id: z.string().optional(), name: z.string().optional() });

/** What the path or the body names. */
export function subjectOf(params: unknown, body: unknown): string {
  for (const part of [params, body]) {
    const { data } = Named.safeParse(part);
    const subject = data?.id ?? data?.name;
    if (subject !== undefined) return subject.slice(0, 200);
  }
  return '';
}

const append = (
  transaction: Handle,
  call: Call,
  kept: { readonly action: string; readonly outcome: Outcome; readonly noted: Note },
): Promise<void> =>
  sendEvent(transaction, {
    at: call.services.clock(),
    actor: kept.noted.actor ?? call.actor,
    action: kept.action,
    outcome: kept.outcome,
    subject: kept.noted.subject ?? call.subject,
    details: kept.noted.details ?? {},
    traceId: call.traceId,
    route: call.route,
  });
