import { listPeople } from '#access';
import type { AuditEventRow } from '#api-contract';
import type { EventQuery, Outcome, StoredEvent } from '#audit';
import type { Handle } from '#database';
import { canonicalJson } from '#kernel';
import { addDays, localDate, parseInstant } from '#kernel/time';
import { present } from './row.ts';

type Query = {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly subject?: string | undefined;
  readonly traceId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly search?: string | undefined;
};

/** The columns of the log as a file: enough to recompute the chain from it. */
export const AUDIT_COLUMNS = {
  position: (event) => event.position.toString(),
  at: (event) => event.at,
  actor: (event) => event.actor,
  action: (event) => event.action,
  outcome: (event) => event.outcome,
  subject: (event) => event.subject,
  route: (event) => event.route,
  details: (event) => canonicalJson(event.details), // As it was hashed.
  traceId: (event) => event.traceId,
  previousHash: (event) => event.previousHash,
  hash: (event) => event.hash,
} as const satisfies Record<string, (event: StoredEvent) => string | undefined>;

/** The contract's filters as the log's own. */
export function auditQuery(query: Query): EventQuery {
  const { actor, action, outcome, subject, traceId, from, to, search } = query;
  return present({
    actor,
    action,
    outcome: outcome?.filter(isOutcome),
    subject,
    traceId,
    search,
    from: from === undefined ? undefined : startOf(from),
    before: to === undefined ? undefined : startOf(addDays(localDate(to), 1)),
  });
}

/** Events as list rows, people named. */
export async function auditRows(
  handle: Handle,
  events: readonly StoredEvent[],
): Promise<AuditEventRow[]> {
  const people = await listPeople(handle);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return events.map((event) =>
    present({
      position: event.position.toString(),
      at: event.at,
      actor: event.actor,
      actorName: names.get(event.actor),
      action: event.action,
      outcome: event.outcome,
      subject: event.subject,
      subjectName: names.get(event.subject),
      route: event.route,
      details: { ...event.details },
      traceId: event.traceId,
      hash: event.hash,
    }),
  );
}

const isOutcome = (text: string): text is Outcome =>
  text === 'intended' || text === 'done' || text === 'failed';

const startOf = (day: string) => parseInstant(`${day}T00:00:00.000Z`);
