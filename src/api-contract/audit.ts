import { z } from 'zod';
import { Day, listOf, Moment, SEARCH_QUERY, sortOf } from './common.ts';

const Outcome = z.enum(['intended', 'done', 'failed']);

/** One thing someone did, in its place in the chain. */
export const AuditEventRow = z.strictObject({
  position: z.string(), // Compare as a number of any length.
  at: Moment,
  actor: z.string(), // A person's id, 'command-line', 'nobody'.
  actorName: z.string().optional(), // Absent: no such person any more.
  action: z.string(), // 'people.added'
  outcome: Outcome, // 'intended': the outcome is another event with the same trace id.
  subject: z.string(),
  subjectName: z.string().optional(), // Of a person.
  route: z.string().optional(), // 'POST /v1/people'
  details: z.record(z.string(), z.unknown()),
  traceId: z.string(),
  hash: z.string(), // SHA-256, of it and of the event before.
});
export type AuditEventRow = Readonly<z.infer<typeof AuditEventRow>>;

/** Which events. `action` may end at a dot: `people` finds `people.added`. Days are UTC. */
export const AuditQuery = z.strictObject({
  actor: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  outcome: listOf(Outcome).optional(),
  subject: z.string().max(200).optional(),
  traceId: z.string().max(100).optional(),
  from: Day.optional(),
  to: Day.optional(), // The last day.
  ...SEARCH_QUERY, // In the subject, the action, the details and the trace id.
  sort: sortOf(['position']), // Newest first unless asked otherwise.
});

/** An event noted elsewhere, to check the chain against: both or none. */
export const NotedEvent = z
  .strictObject({
    position: z
      .string()
      .regex(/^[1-9]\d{0,17}$/)
      .optional(),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .refine(({ position, hash }) => (position === undefined) === (hash === undefined), {
    error: 'position and hash come together',
  });

/** Whether the log is whole. */
export const AuditVerdict = z.strictObject({
  ok: z.boolean(),
  events: z.number().int(),
  head: z.string().optional(), // The newest hash: note it elsewhere.
  brokenAt: z.string().optional(), // Position of the first event that does not fit.
  reason: z.string().optional(),
});
