export { appendEvent, sendEvent } from './append-event.ts';
export type { AuditEvent, Outcome, StoredEvent } from './event.ts';
export { auditMigrations } from './migrations.ts';
export { listEvents, streamEvents } from './read-events.ts';
export type { EventQuery } from './read-events.ts';
export { verifyChain } from './verify-chain.ts';
export type { Noted, Verdict } from './verify-chain.ts';
